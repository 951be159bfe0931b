"""The commands, thin: options in, a value of ``kikori.loop`` or ``kikori.review`` out as text or JSON."""

from kikori.cli.edge import main

__all__ = ["main"]
