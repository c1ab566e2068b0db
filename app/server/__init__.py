"""How the app is put on a port: what uvicorn leaves open is closed here, and every limit holds."""
