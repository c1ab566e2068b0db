"""Query parameters: read, checked, described."""
