"""Formats that are text: GeoJSON and its kin, KML."""
