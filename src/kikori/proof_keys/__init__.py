"""Hashes that say whether a proof, or a kept verdict, still holds. Knows labs as data, and nothing of Docker."""

from kikori.proof_keys.engine import engine_key
from kikori.proof_keys.lab import lab_key

__all__ = ["engine_key", "lab_key"]
