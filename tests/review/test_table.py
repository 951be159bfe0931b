"""The cohort's table: figures with their n, and files that Moodle and Canvas take."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from kikori.content import Catalog
from kikori.replay.verdict import Verdict
from kikori.review.gradebook.cohort_table import Table, spread, table_of
from kikori.review.gradebook.platforms import canvas, moodle
from kikori.review.results import LONGEST, classwork
from kikori.review.store import digest_of, opened
from kikori.settings import Lang
from terminal_user import Kikori

from .made_up import Learner, judged, made_up


def class_of_five(tmp_path: Path) -> Path:
    """Four who fixed it and handed in after 10, 20, 30 and 40 minutes; one did not."""
    took = (10, 20, 30, 40)
    done = [Learner(name=f"l{m}", handed_in=m, mended=m / 2, first_check=2, hints=m // 10 - 1) for m in took]
    return made_up(
        tmp_path / "class", *done, Learner(name="late", handed_in=500, verdict=Verdict.NOT_VERIFIED, failures=4)
    )


def table(folder: Path) -> Table:
    return table_of(classwork(folder, Catalog()), "en")


@pytest.mark.parametrize(
    ("values", "n", "median", "p90"),
    [((), 0, None, None), ((1, 2), 2, None, None), ((1, 2, 3), 3, 2, 2.8), (range(101), 101, 50, 90)],
)
def test_of_fewer_than_three_nothing_is_typical(values: list[float], n: int, median: float, p90: float) -> None:
    found = spread(values)
    assert (found.n, found.median, found.p90) == (n, median, p90)


def test_times_are_of_those_whose_mend_was_verified(tmp_path: Path) -> None:
    (lab,) = table(class_of_five(tmp_path)).labs
    whole = lab.minutes["submission"]
    assert (whole.n, whole.median, whole.p90) == (4, 25, 37)
    assert (lab.minutes["mend"].median, lab.minutes["check"].median) == (12.5, 2)
    assert (lab.learners, lab.verified) == (5, 4)
    assert lab.ratio == round(25 / Catalog().lab("first-look").about.minutes, 2)


def test_a_verdict_by_hand_counts_as_the_verdict(tmp_path: Path) -> None:
    by_hand = Learner(name="ada", verdict=Verdict.NOT_VERIFIED, by_hand="verified")
    (lab,) = table(made_up(tmp_path / "class", by_hand)).labs
    assert (lab.verified, lab.minutes["submission"].n) == (1, 1)


def test_hints_and_checks_are_of_all(tmp_path: Path) -> None:
    (lab,) = table(class_of_five(tmp_path)).labs
    assert (lab.hints.n, lab.hints.median, lab.without_hints) == (5, 1, 1)
    (check,) = lab.checks
    assert (check.id, check.failed, check.stuck, lab.reports) == ("test_page", 5, 1, 5)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_check_has_its_title_in_the_language_of_the_page(tmp_path: Path, lang: Lang) -> None:
    """Each replay speaks its learner's language; the table speaks the instructor's, whoever handed in last."""
    titles = {"en": "The page is there.", "ja": "ページが見える。"}
    class_ = [
        Learner(name="ada", file="1.kikori"),
        Learner(name="青井", file="0.kikori", answer="白いページだけが見えた。"),
    ]
    class_ += [Learner(name="zoe", file="2.kikori")]
    folder = made_up(tmp_path / "class", *class_)
    with opened(folder) as store:
        for one in class_:
            said = judged(one, one.file)
            assert said.report
            check = replace(said.report.checks[0], title=titles["ja" if one.name == "青井" else "en"])
            report = replace(said.report, checks=(check, *said.report.checks[1:]))
            store.note(digest_of(folder / one.file), replace(said, report=report))
    (lab,) = table_of(classwork(folder, Catalog()), lang).labs
    assert [check.title for check in lab.checks] == [titles[lang]]


def test_a_clock_that_is_wrong_does_not_count(tmp_path: Path) -> None:
    odd = Learner(name="ada", handed_in=LONGEST + 1, mended=3)
    (lab,) = table(made_up(tmp_path / "class", odd)).labs
    assert (lab.minutes["submission"].n, lab.minutes["mend"].n) == (0, 1)


def grades(tmp_path: Path) -> Table:
    return table(
        made_up(
            tmp_path / "class",
            Learner(name="ada", level=3, comment='Well done, "truly".'),
            Learner(name="bob", verdict=Verdict.NOT_VERIFIED),
            Learner(name="cy", verdict=Verdict.COULD_NOT_VERIFY, level=1),
            Learner(name="=cmd|'/c calc'!A0", comment="=HYPERLINK(1)"),
        )
    )


def test_moodle_takes_a_user_in_each_line_and_an_item_or_its_feedback_in_each_column(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(moodle(grades(tmp_path), "en"))))
    titles = ["username", "first-look verified", "first-look explanation", "first-look explanation (Feedback)"]
    assert rows[0] == titles
    by_name = {row[0]: row[1:] for row in rows[1:]}
    assert by_name["ada"] == ["1", "12.0", 'Verified: this lab counts as done. Well done, "truly".']
    assert by_name["bob"][:2] == ["0", "-"]
    assert by_name["cy"][:2] == ["-", "4.0"]
    assert "'=cmd|'/c calc'!A0" in by_name


def test_canvas_takes_five_columns_of_a_student_and_the_points_possible(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(canvas(grades(tmp_path)))))
    assert rows[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert rows[0][5:] == ["first-look verified", "first-look explanation"]
    assert "Points Possible" in rows[1][0]
    assert rows[1][5:] == ["1", "12"]
    assert ["ada", "", "", "ada", "", "1", "12.0"] in rows
    assert ["cy", "", "", "cy", "", "", "4.0"] in rows
    assert all(len(row) == 7 for row in rows)
    assert not [cell for row in rows[2:] for cell in row if cell.startswith("=")]


@pytest.mark.slow
def test_the_command_writes_four_files_and_says_how_many(tmp_path: Path, kikori: Kikori) -> None:
    folder = class_of_five(tmp_path)
    said = kikori("review", "table", str(folder), "--to", str(tmp_path / "out"))
    assert said.returncode == 0, said.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "cohort.csv",
        "cohort-canvas.csv",
        "cohort.json",
        "cohort.html",
    }
    assert "25, 37 (n = 4)" in said.stdout
    told = json.loads((tmp_path / "out" / "cohort.json").read_text())
    assert told["labs"][0]["minutes"]["submission"] == {"n": 4, "median": 25.0, "p90": 37.0}
    assert (tmp_path / "out" / "cohort.csv").read_bytes().startswith(b"\xef\xbb\xbfusername,")
    assert (tmp_path / "out" / "cohort-canvas.csv").read_bytes().startswith(b"Student,")


# --- the names that a course platform knows


def strange(tmp_path: Path) -> Path:
    return made_up(tmp_path / "class", *(Learner(name=name, level=3) for name in ("ada", "bob", "root")))


@pytest.mark.parametrize(
    "text",
    [
        "ada\nbob\nzoe\n",
        "\ufeff  ada \r\n\r\nbob\r\n",
        "id,Username,email\n1,ada,a@example.org\n2,bob,b@example.org\n3\n",
        'name;username\n"Lovelace; Ada";ada\nBob;bob\n',
        "username\nada\nbob\n",
    ],
)
@pytest.mark.slow
def test_a_name_that_the_course_does_not_know_is_told_and_ends_no_import(
    tmp_path: Path, kikori: Kikori, text: str
) -> None:
    folder = strange(tmp_path)
    (tmp_path / "names.txt").write_text(text, encoding="utf-8", newline="")
    said = kikori("review", "table", str(folder), "--learners", str(tmp_path / "names.txt"))
    assert said.returncode == 0, said.stderr
    assert "root: not in names.txt, so not in the tables for Moodle and Canvas" in said.stdout
    for name in ("cohort.csv", "cohort-canvas.csv"):
        written = (folder / name).read_text(encoding="utf-8-sig")
        assert "ada," in written
        assert "bob," in written
        assert "root" not in written
    told = json.loads((folder / "cohort.json").read_text())
    assert told["learners"] == ["ada", "bob", "root"], "the class's own figures are of all"
    assert "root: not in names.txt" in told["told"][0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "names nobody"),
        (b"First name,Surname\nAda,Lovelace\n", "nobody of this class is in it, such as ada"),
        ("青井\n".encode("cp932"), "not a text in UTF-8"),
        (None, "can't be read"),
    ],
)
@pytest.mark.slow
def test_a_list_that_is_none_is_refused_before_anything_is_written(
    tmp_path: Path, kikori: Kikori, data: bytes | None, told: str
) -> None:
    folder = strange(tmp_path)
    if data is not None:
        (tmp_path / "names.txt").write_bytes(data)
    said = kikori("review", "table", str(folder), "--learners", str(tmp_path / "names.txt"))
    assert (said.returncode, told in said.stderr) == (2, True), said.stderr
    assert not (folder / "cohort.csv").exists()
