"""The rules: plain functions and frozen structs; nothing here waits, listens or looks at a clock."""
