"""The sockets: the only ring that imports starlette and uvicorn."""
