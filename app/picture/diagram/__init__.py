"""The plan's own diagram of its structure."""
