"""The static rules of labs: read without Docker, each a function with one message and its fix."""

from kikori.lint.finding import Finding, Findings
from kikori.lint.run import lint

__all__ = ["Finding", "Findings", "lint"]
