"""The touch kiosk: a full-screen window of its own for people who look for a day's work."""
