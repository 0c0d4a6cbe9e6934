"""People who log in: accounts, roles, rights, passwords."""
