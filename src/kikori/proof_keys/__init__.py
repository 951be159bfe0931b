"""Hashes that say whether a proof, or a kept verdict, still holds. Knows labs as data, and nothing of Docker."""

from kikori.proof_keys.engine import engine_key
from kikori.proof_keys.lab import Rests, demand_keys, lab_key, scene_key

__all__ = ["Rests", "demand_keys", "engine_key", "lab_key", "scene_key"]
