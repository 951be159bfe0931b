"""Every submission gets a row that says why, and none stops the others."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import EnvironmentProblem, Exit, KikoriError
from kikori.model import CheckResult, Outcome, Report
from kikori.replay.judge import judge, judge_of
from kikori.replay.judge import judged_by as by_report
from kikori.replay.verdict import Judged as Judgement
from kikori.replay.verdict import Row, Verdict
from kikori.replay.versions import version_of
from kikori.review.batch import Reviewed, _written, csv_of, review, shown
from kikori.review.manual_verdicts import INSTRUCTOR, MARKS, OVERALL
from kikori.review.store import digest_of, opened
from kikori.submission.format import content_of
from kikori.submission.senders import keep_senders

from .conftest import Judged, good, tar
from .hostile.parts import told, written


def row(**fields: object) -> Row:
    return Row(file="ada.kikori", verdict=Verdict.COULD_NOT_VERIFY, **fields)  # type: ignore[arg-type]


# --- what no engine is needed for


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"manifest.json": None}, "manifest.json is missing"),
        ({"manifest.json": b"[]"}, "manifest.json is damaged"),
        ({"../x": b""}, "'../x' is no member"),
        ({"trail.jsonl": b"{"}, "trail.jsonl is damaged"),
        ({"services/web.tar": tar("../x")}, "leads out of its folder"),
        (
            {"services/db.json": b'{"present":[],"gone":[]}', "services/db.tar": tar()},
            "a service that first-look does not",
        ),
        ({"volumes/data.tar": tar()}, "a volume that first-look does not have: data"),
        ({"workspace.tar": tar()}, "it holds a workspace that the lab lacks"),
    ],
)
def test_file_that_can_not_be_replayed_is_told_with_the_reason(
    judged: Judged, changed: dict[str, bytes | None], told: str
) -> None:
    found = judged(changed)
    assert (found.verdict, found.exit_code) == (Verdict.COULD_NOT_VERIFY, Exit.CHECK_FAILED)
    assert told in found.reason


@pytest.mark.slow
@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ({"format": 2}, "another version of Kikori"),
        ({"lab": "first-lok"}, "There is no lab called 'first-lok'"),
        ({"lab": "../../etc"}, "There is no lab called '../../etc'"),
        ({"fault": "burnt"}, "a fault that first-look does not have: 'burnt'"),
        ({"fault": None}, "a fault that first-look does not have: None"),
        ({"lab": "silent-exit", "fault": "privileged-port"}, "a service that silent-exit does not have: web"),
    ],
)
def test_manifest_of_something_else_is_told_with_the_reason(
    judged: Judged, manifest: dict[str, object], told: str
) -> None:
    found = judged(None, **manifest)
    assert (found.verdict, found.exit_code) == (Verdict.COULD_NOT_VERIFY, Exit.CHECK_FAILED)
    assert told in found.reason


def test_missing_workspace_of_a_lab_that_has_one(judged: Judged) -> None:
    none: dict[str, bytes | None] = {"services/web.json": None, "services/web.tar": None}
    assert judged(none, lab="silent-exit", fault="privileged-port").reason == "its workspace is missing"


@pytest.mark.parametrize("data", [b"", b"text", b"PK\x03\x04" * 99])
def test_file_that_is_no_submission(inbox: Path, data: bytes) -> None:
    (inbox / "x.kikori").write_bytes(data)
    found = judge(inbox / "x.kikori", "x.kikori", Catalog(), Silent()).row
    assert found.verdict is Verdict.COULD_NOT_VERIFY
    assert found.reason.startswith("not a whole .kikori file")


def test_row_tells_what_could_be_read_before_the_refusal(judged: Judged) -> None:
    found = judged({"volumes/data.tar": tar()})
    assert (found.learner, found.lab, found.fault) == ("ada", "first-look", "half-edit")
    assert (found.minutes, found.hints) == (10.0, 2)
    assert found.explanation == "missing"


def test_row_is_not_as_long_as_a_file_may_be(judged: Judged) -> None:
    found = judged(None, learner="a" * 9999, lab="b" * 9999, fault="c" * 9999, attempt="d" * 9999)
    assert len(csv_of((found,))) < 20_000
    assert found.learner == "a" * 200


def test_hints_before_the_last_break_are_not_those_of_this_mend(judged: Judged) -> None:
    names = ["broke", "hint", "hint", "broke", "hint"]
    events = b"\n".join(b'{"at": %d, "event": "%s"}' % (1000 + 60 * at, one.encode()) for at, one in enumerate(names))
    found = judged({"volumes/data.tar": tar(), "events.jsonl": events})
    assert (found.hints, found.minutes) == (1, 7.0)


def test_machine_that_stands_in_the_way_is_told_as_such(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    found = judged()
    assert (found.verdict, found.exit_code) == (Verdict.COULD_NOT_VERIFY, Exit.ENVIRONMENT)
    assert "No such file" in found.reason


def test_folder_without_a_submission_is_wrong_usage(inbox: Path) -> None:
    (inbox / "notes.txt").touch()
    for folder in (inbox, inbox / "nowhere", inbox / "notes.txt"):
        with pytest.raises(KikoriError, match=r"no \.kikori file there") as caught:
            review(folder, Catalog(), Silent())
        assert caught.value.exit_code is Exit.USAGE


# --- from a report to a verdict


def judged_by(*checks: CheckResult) -> Row:
    return by_report(row(exit_code=Exit.CHECK_FAILED), Report(lab="first-look", at=0.0, checks=checks))


def check(outcome: Outcome, title: str = "The page is there.", reason: str = "") -> CheckResult:
    return CheckResult(id=title, title=title, outcome=outcome, reason=reason)


def test_all_passed_is_verified() -> None:
    found = judged_by(check(Outcome.PASSED), check(Outcome.PASSED))
    assert (found.verdict, found.exit_code, found.passed, found.checks) == (Verdict.VERIFIED, Exit.DONE, 2, 2)


def test_failed_check_is_not_verified_for_the_checks_own_reason() -> None:
    found = judged_by(check(Outcome.PASSED), check(Outcome.FAILED, "A.", "expected x"), check(Outcome.BLOCKED, "B."))
    assert (found.verdict, found.exit_code) == (Verdict.NOT_VERIFIED, Exit.CHECK_FAILED)
    assert (found.reason, found.passed, found.checks) == ("A. expected x", 1, 3)


def test_grader_that_broke_judges_nobody() -> None:
    found = judged_by(check(Outcome.FAILED, "A.", "expected x"), check(Outcome.ERROR, "B.", "KeyError: 'b'"))
    assert (found.verdict, found.exit_code) == (Verdict.COULD_NOT_VERIFY, Exit.OUR_FAULT)
    assert found.reason == "B. KeyError: 'b'"


# --- the word of a person


@pytest.fixture
def known(inbox: Path) -> tuple[Path, str]:
    """A folder in which all is known, so that no engine is asked: a file that was not verified, and its digest."""
    lab = Catalog().lab("first-look")
    file = written(told(good(), content=content_of(lab)), inbox / "ada.kikori")
    found = row(learner="ada", lab=lab.id, exit_code=Exit.CHECK_FAILED)
    with opened(inbox) as book:
        judged = Judgement(
            row=replace(found, verdict=Verdict.NOT_VERIFIED), judge=judge_of(version_of(lab, content_of(lab)))
        )
        book.note(digest_of(file), judged)
    return inbox, digest_of(file)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("verdict", "code"),
    [("", Exit.CHECK_FAILED), ("verified", Exit.DONE), ("not verified", Exit.CHECK_FAILED)],
)
def test_instructors_verdict_stands_beside_the_machines_and_counts(
    known: tuple[Path, str], verdict: str, code: Exit
) -> None:
    folder, digest = known
    with opened(folder) as book, book.engine.begin() as line:
        other = {"submission": digest, "criterion": OVERALL, "by": "ben", "verdict": "verified", "comment": ""}
        own = other | {"by": INSTRUCTOR, "verdict": verdict, "comment": "We talked."}
        for mark in (other, own):
            line.execute(MARKS.insert().values(machine="not verified", at=1.0, **mark))
    found = review(folder, Catalog(), Silent())
    assert found.exit_code is code
    (read,) = csv.DictReader(io.StringIO((folder / "review.csv").read_text("utf-8-sig"), newline=""))
    assert (read["verdict"], read["by_hand"]) == ("not verified", verdict)
    (read,) = json.loads((folder / "review.json").read_bytes())
    assert (read["verdict"], read["by_hand"], read["exit_code"]) == ("not verified", verdict, 1)


def test_who_sent_a_file_stands_in_the_table(known: tuple[Path, str]) -> None:
    folder, _ = known
    keep_senders(folder, {"ada.kikori": "=ben"})
    seen: list[Row] = []
    review(folder, Catalog(), Silent(), done=lambda row, *_: seen.append(row))
    assert seen[0].senders == ("=ben",)
    (read,) = csv.DictReader(io.StringIO((folder / "review.csv").read_text("utf-8-sig"), newline=""))
    assert read["senders"] == "'=ben", "a name that was joined with is a stranger's word, too"


# --- what is written


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([Exit.DONE], Exit.DONE),
        ([Exit.DONE, Exit.CHECK_FAILED], Exit.CHECK_FAILED),
        ([Exit.ENVIRONMENT, Exit.CHECK_FAILED, Exit.DONE], Exit.ENVIRONMENT),
        ([Exit.ENVIRONMENT, Exit.OUR_FAULT], Exit.OUR_FAULT),
    ],
)
def test_exit_code_of_a_review_is_the_worst_of_its_rows(codes: list[Exit], expected: Exit) -> None:
    rows = tuple(row(exit_code=code) for code in codes)
    assert Reviewed(rows=rows, json_file="", csv_file="").exit_code is expected


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_a_spreadsheet_would_execute_is_quoted(start: str) -> None:
    evil = f'{start}HYPERLINK("http://x";y)'
    (read,) = csv.DictReader(io.StringIO(csv_of((row(learner=evil, reason=evil, minutes=-1.5),)), newline=""))
    assert (read["learner"], read["reason"]) == (f"'{evil}", f"'{evil}")
    assert read["minutes"] == "-1.5"


def test_cells_with_quotes_commas_and_lines_stay_one_cell() -> None:
    odd = 'a","=1+1\n=2+2'
    (read,) = csv.DictReader(io.StringIO(csv_of((row(learner=odd),)), newline=""))
    assert read["learner"] == 'a","=1+1\n\'=2+2', "a line may begin a cell where a comma is the decimal sign"


def test_rows_are_written_as_json_and_as_a_csv_that_spreadsheets_read_as_utf8(inbox: Path) -> None:
    written = _written(inbox, (row(learner="木こり"),))
    assert json.loads(Path(written.json_file).read_bytes())[0]["learner"] == "木こり"
    assert Path(written.csv_file).read_bytes().startswith(b"\xef\xbb\xbffile,verdict")
    assert sorted(path.name for path in inbox.iterdir()) == ["review.csv", "review.json"]


def test_folder_that_can_not_be_written_is_a_problem_of_the_machine(inbox: Path) -> None:
    (inbox / "review.csv").mkdir()
    with pytest.raises(EnvironmentProblem, match="can't be written"):
        _written(inbox, (row(),))


def test_file_whose_name_is_not_utf8_can_be_written_down(inbox: Path) -> None:
    name = shown(Path(os.fsdecode(b"caf\xe9.kikori")))
    written = _written(inbox, (Row(file=name, verdict=Verdict.VERIFIED),))
    assert json.loads(Path(written.json_file).read_bytes())[0]["file"] == "caf\N{REPLACEMENT CHARACTER}.kikori"
