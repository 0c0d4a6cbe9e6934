"""The odd-job station: postings, employers and workers."""
