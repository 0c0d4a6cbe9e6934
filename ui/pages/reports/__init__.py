"""Reports of residents: the list, one report with its steps, and the form that records a new one."""
