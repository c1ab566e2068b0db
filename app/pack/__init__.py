"""The plan pack and what is built from it; knows nothing of HTTP."""
