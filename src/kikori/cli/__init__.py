"""The commands, thin: options in, a value of ``kikori.learner`` or ``kikori.review`` out as text or JSON."""

from kikori.cli.app import main

__all__ = ["main"]
