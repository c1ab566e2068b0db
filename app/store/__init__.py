"""Where features are queried: a small contract and what keeps it."""
