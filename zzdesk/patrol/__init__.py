"""Patrols and mass prevention (群防群治): volunteers, teams, rosters, tasks and who takes part in them (domain rules B4)."""
