"""The cohort's table as course platforms read it.

Each lab gives two grades: whether it was verified, out of 1, and the points of the explanation. A replay that
could not be run gives none, since it never counts against a learner; neither does an explanation with a criterion
that has no mark yet.

Moodle (Grades, Import, CSV file) has a user in each line and a grade item or its feedback in each column, and asks
which column is which: map ``username`` from the column of that name. ``-`` stands for no grade. Feedback goes to an
item that is there already, so the first import makes the items and the second brings the feedback; it is imported
together with its grade, else the grade is lost. One username that Moodle does not know ends the import, so a list of
those that it knows can be given (roster.py). Source: https://docs.moodle.org/405/en/Grade_import and
grade/import/csv/classes/load_data.php of https://github.com/moodle/moodle.

Canvas (Gradebook, Import) wants Student, ID, SIS User ID, SIS Login ID and Section before the assignments, and below
the titles a line ``Points Possible``; it finds a student by any of ID, SIS User ID, SIS Login ID and name, and makes an
assignment of a title that it does not know. An empty cell changes nothing. Source: lib/gradebook_importer.rb of
https://github.com/instructure/canvas-lms.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kikori.replay.verdict import Verdict
from kikori.review.gradebook.cohort_table import Cell, LabFigures, Table
from kikori.review.gradebook.spreadsheet import cell
from kikori.review.web.file_templates import words
from kikori.settings import Lang

NO_GRADE = "-"
STUDENT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
VERIFIED_POINTS = 1


def moodle(table: Table, lang: Lang) -> str:
    """A line for each learner: username, then of each lab verified, points and feedback."""
    titles = [title for lab in table.labs for title in (_verified(lab), _points(lab), f"{_points(lab)} (Feedback)")]
    cells = table.by_place
    rows = [
        [name, *(value for lab in table.labs for value in _moodle_cells(cells.get((name, lab.lab)), lang))]
        for name in table.learners
    ]
    return _csv(["username", *titles], rows)


def _moodle_cells(found: Cell | None, lang: Lang) -> Iterable[object]:
    yield from [grade if grade is not None else NO_GRADE for grade in _grades(found)]
    yield _feedback(found, lang) if found else ""


def _feedback(found: Cell, lang: Lang) -> str:
    """What stands beside the grade: the verdict in words, and what the instructor said."""
    said = words("feedback", lang)[found.verdict.replace(" ", "-")]
    return f"{said} {found.comment}".strip()


def canvas(table: Table) -> str:
    """A line for each learner under the titles and the points that are possible."""
    labs, cells = table.labs, table.by_place
    titles = [title for lab in labs for title in (_verified(lab), _points(lab))]
    possible = [points for lab in labs for points in (VERIFIED_POINTS, _possible(table, lab))]
    rows: list[list[object]] = [["    Points Possible", "", "", "", "", *possible]]
    for name in table.learners:
        grades = [grade for lab in labs for grade in _grades(cells.get((name, lab.lab)))]
        rows.append([name, "", "", name, "", *("" if grade is None else grade for grade in grades)])
    return _csv([*STUDENT, *titles], rows)


def _grades(found: Cell | None) -> tuple[float | None, float | None]:
    """Verified, and the points of the explanation; nothing where there is none to give."""
    if found is None:
        return None, None
    known = {Verdict.VERIFIED: VERIFIED_POINTS, Verdict.NOT_VERIFIED: 0}
    return known.get(found.verdict), found.points


def _possible(table: Table, lab: LabFigures) -> int:
    return max(one.of for one in table.cells if one.lab == lab.lab)


def _verified(lab: LabFigures) -> str:
    return f"{lab.lab} verified"


def _points(lab: LabFigures) -> str:
    return f"{lab.lab} explanation"


def _csv(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows for a spreadsheet; a text that it would take for a formula is quoted, but for our own sign of no grade."""
    with io.StringIO(newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        writer.writerows([value if value == NO_GRADE else cell(value) for value in row] for row in rows)
        return file.getvalue()
