"""The documents of the API: links, writers, tile sets, what is said of the data."""
