"""Reports of residents and their closed loop (domain rules B2.4)."""
