"""The view: what a reader has chosen, as one query string."""
