"""The map: outlines and reports, drawn from data that are here, without a network."""
