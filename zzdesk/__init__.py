"""zzdesk: the desk of a neighbourhood centre. Records, rules, storage and command line; no Qt and no HTTP."""

__version__ = "0.2.0"
