"""The words: every command and event on the wire, declared once."""
