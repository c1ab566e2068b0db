"""Rules about where things are."""
