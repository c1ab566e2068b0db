"""Formats for GIS programs."""
