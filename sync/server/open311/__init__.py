"""Open311 GeoReport v2: other programs ask what can be reported, report it, and see what became of it.

The standard is frozen (GeoReport v2, open311.org); what this server answers holds no personal data.
"""
