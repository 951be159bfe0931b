"""Engawa, the picture board of a neighbourhood. gunicorn runs `engawa:site`."""

from engawa import accounts, lists, moderation, pictures, remarking, reset
from engawa.site import site

__all__ = ["accounts", "lists", "moderation", "pictures", "remarking", "reset", "site"]
