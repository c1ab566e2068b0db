"""Exporting and importing the pack: as a workbook, from a GIS file, as a new pack."""
