"""The routes, a module per group of addresses."""
