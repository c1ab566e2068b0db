"""The CSV tables of a pack, each read into records."""
