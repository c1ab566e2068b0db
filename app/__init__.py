"""A five-year plan as a map: a plan pack in, a map and its many formats out."""
