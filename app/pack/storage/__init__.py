"""Files on disk: whole or not at all, by one writer at a time, inside their folder."""
