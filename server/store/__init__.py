"""The shared memory: the only ring that knows Redis."""
