"""People's mediation: stubs of all cases, and the file of a case for its team."""
