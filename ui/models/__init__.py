"""Item models that page through a query; never a widget for a row."""
