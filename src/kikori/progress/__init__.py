"""Keeps attempts: what stage they are in, what happened, what was typed. Knows nothing of Docker."""

from kikori.progress.clock import Timing, before_debrief, since_last_break, timing
from kikori.progress.store import Store

__all__ = ["Store", "Timing", "before_debrief", "since_last_break", "timing"]
