"""Conflicts: every value that somebody wrote is kept until a person decides."""
