"""Pages of patrols and mass prevention (群防群治)."""
