"""What is on the page around the map: title, legend, list, sources."""
