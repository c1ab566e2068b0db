"""A GIS file as features in WGS 84."""
