"""Papers: drawn by Qt on a printer, into a PDF, or as a picture to be looked at first."""
