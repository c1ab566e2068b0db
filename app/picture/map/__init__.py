"""What is drawn on the map, and where."""
