"""An instructor's pass over submissions: each is replayed in a fresh lab, graded, and told in one line."""

from kikori.replay.rebuild import replay
from kikori.replay.verdict import Row, Verdict
from kikori.review.batch import Reviewed, ReviewOptions, review

__all__ = ["ReviewOptions", "Reviewed", "Row", "Verdict", "replay", "review"]
