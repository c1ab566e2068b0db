"""HTTP: parse, call, answer. The only package that imports FastAPI."""
