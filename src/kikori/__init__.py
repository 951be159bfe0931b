"""Kikori: break a real system in Docker, fix it, and explain why.

A module imports only from the layers below its own: pyproject.toml lists them for import-linter, and
docs/architecture.md says what each knows.
"""

__version__ = "0.1.0"
