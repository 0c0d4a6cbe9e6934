"""Bundles: exchange with the centre by stick."""
