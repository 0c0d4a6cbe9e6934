"""People's mediation: a stub of each case for the station, and the confidential records for its team alone."""
