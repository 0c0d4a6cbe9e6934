"""One module per revision: plain operations, no models."""
