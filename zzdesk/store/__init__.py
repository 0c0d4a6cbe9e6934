"""The encrypted local database: engine, keys, columns, unit of work, upgrade, backup and search."""
