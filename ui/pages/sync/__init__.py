"""Where the desk stands towards its centre: what waits, why, since when; and joining a centre."""
