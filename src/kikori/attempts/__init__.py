"""Keeps attempts: what stage they are in, what happened, what was typed. Knows nothing of Docker."""

from kikori.attempts.store import Store
from kikori.attempts.timing import Timing, before_debrief, since_last_break, timing

__all__ = ["Store", "Timing", "before_debrief", "since_last_break", "timing"]
