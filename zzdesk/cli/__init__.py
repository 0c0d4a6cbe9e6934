"""The command line: the same commands as the windows use, for scripts and for machines without a display."""
