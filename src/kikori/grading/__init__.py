"""Runs graders in a child process and turns what they find into reports.

Graders import from here: ``Scene`` (what they look at), ``eventually``, ``quoted`` and ``say``, and the looks of
``kikori.grading.families``, of which shared checks are made.
"""

from kikori.grading.another import another
from kikori.grading.browser import Page, words_of
from kikori.grading.families import (
    SYSTEM,
    Amount,
    amount,
    answering,
    assert_unprivileged,
    family,
    growth,
    in_words,
    rights_of_root,
    serving,
    unkept,
    writable_by,
)
from kikori.grading.healthcheck import asks, says_well_in_vain
from kikori.grading.run import grade
from kikori.grading.scene import Answer, Scene
from kikori.grading.texts import eventually, quoted, say
from kikori.runtime.outside import File, Process

__all__ = [
    "SYSTEM",
    "Amount",
    "Answer",
    "File",
    "Page",
    "Process",
    "Scene",
    "amount",
    "another",
    "answering",
    "asks",
    "assert_unprivileged",
    "eventually",
    "family",
    "grade",
    "growth",
    "in_words",
    "quoted",
    "rights_of_root",
    "say",
    "says_well_in_vain",
    "serving",
    "unkept",
    "words_of",
    "writable_by",
]
