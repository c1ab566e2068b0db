"""ASGI middleware before the routes: client and host, rate limits, counters, access log."""
