"""Runs graders in a child process and turns what they find into reports.

Graders import from here: ``Scene`` (what they look at), ``eventually``, ``quoted`` and ``say``, and the looks of
``kikori.grading.families``, of which shared checks are made.
"""

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
from kikori.grading.replica import Replica, replica
from kikori.grading.run import grade
from kikori.grading.scene import Answer, Scene
from kikori.grading.texts import eventually, quoted, reasons, say
from kikori.model.record import Record
from kikori.runtime.inspection.sidecar import Sidecar
from kikori.runtime.outside import File, Process, uid_of

__all__ = [
    "SYSTEM",
    "Amount",
    "Answer",
    "File",
    "Page",
    "Process",
    "Record",
    "Replica",
    "Scene",
    "Sidecar",
    "amount",
    "answering",
    "asks",
    "assert_unprivileged",
    "eventually",
    "family",
    "grade",
    "growth",
    "in_words",
    "quoted",
    "reasons",
    "replica",
    "rights_of_root",
    "say",
    "says_well_in_vain",
    "serving",
    "uid_of",
    "unkept",
    "words_of",
    "writable_by",
]
