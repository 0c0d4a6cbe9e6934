"""Numbers, templates and printing."""
