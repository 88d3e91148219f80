"""Tools that speak to a running server over the wire alone; nothing here imports the server."""
