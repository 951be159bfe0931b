"""Runs graders in a child process and turns what they find into reports.

Graders import from here: ``Scene`` (what they look at), ``eventually``, ``quoted`` and ``say``, and the looks of
``kikori.grading.checks.families``, of which shared checks are made.
"""

from kikori.engine.inspection.sidecar import Sidecar
from kikori.engine.outside import File, Process, archive_of, uid_of
from kikori.grading.checks.assertions import (
    assert_not_root,
    assert_not_writable_by_all,
    assert_running,
    assert_survives_restart,
)
from kikori.grading.checks.browser import Page, words_of
from kikori.grading.checks.families import (
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
from kikori.grading.checks.healthcheck import asks, says_well_in_vain
from kikori.grading.checks.prometheus import Prometheus, Refused
from kikori.grading.checks.user_load import Served, UserLoad, load
from kikori.grading.packed import is_packed, unpacked
from kikori.grading.replica import Replica, replica
from kikori.grading.run import grade
from kikori.grading.scene import Answer, Scene
from kikori.grading.texts import eventually, quoted, reasons, say
from kikori.model.record import Record

VERSION = "1.2"
"""Of what graders import: the first number rises where a grader must follow, the second where there is more."""

__all__ = [
    "SYSTEM",
    "VERSION",
    "Amount",
    "Answer",
    "File",
    "Page",
    "Process",
    "Prometheus",
    "Record",
    "Refused",
    "Replica",
    "Scene",
    "Served",
    "Sidecar",
    "UserLoad",
    "amount",
    "answering",
    "archive_of",
    "asks",
    "assert_not_root",
    "assert_not_writable_by_all",
    "assert_running",
    "assert_survives_restart",
    "assert_unprivileged",
    "eventually",
    "family",
    "grade",
    "growth",
    "in_words",
    "is_packed",
    "load",
    "quoted",
    "reasons",
    "replica",
    "rights_of_root",
    "say",
    "says_well_in_vain",
    "serving",
    "uid_of",
    "unkept",
    "unpacked",
    "words_of",
    "writable_by",
]
