"""Looks at containers from outside: processes, files, and what differs from an image."""
