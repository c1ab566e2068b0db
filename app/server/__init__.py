"""Serves the app on a port by uvicorn, with limits on connections, heads, bodies and time."""
