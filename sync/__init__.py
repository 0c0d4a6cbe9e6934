"""Reconciliation between desks and the centre: protocol and merge rules, client and server."""
