"""An instructor's pass over submissions: each is replayed in a fresh lab, graded, and told in one line."""

from kikori.review.batch import Reviewed, Way, review
from kikori.review.replay import replay
from kikori.review.verdict import Row, Verdict

__all__ = ["Reviewed", "Row", "Verdict", "Way", "replay", "review"]
