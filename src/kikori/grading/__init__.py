"""Runs graders in a child process and turns what they find into reports.

Graders import from here: ``Scene`` (what they look at), ``eventually`` and ``say``.
"""

from kikori.grading.run import grade
from kikori.grading.scene import Answer, Scene
from kikori.grading.words import eventually, say

__all__ = ["Answer", "Scene", "eventually", "grade", "say"]
