"""Porchlight: a real-time peer support chat server."""
