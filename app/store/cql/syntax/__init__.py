"""Reading a CQL2 filter: from text, from well-known text, from GeoJSON."""
