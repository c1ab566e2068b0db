"""Windows of the map without a page around them: what map servers send."""
