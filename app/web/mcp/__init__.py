"""The plan as tools for language models (Model Context Protocol): to read, nothing to change."""
