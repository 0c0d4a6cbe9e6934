"""The odd-job station (零工驿站): employers, postings, workers, applications."""
