"""The desk's side of reconciliation: enrolment, transport and the cycle."""
