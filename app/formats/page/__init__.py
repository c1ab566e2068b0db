"""The page that works without a network."""
