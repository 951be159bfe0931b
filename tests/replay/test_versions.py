"""A submission is judged by the version of its lab that the learner had, where git has it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import KikoriError, WorkspaceProblem
from kikori.model import Lab
from kikori.replay import judge as judge_module
from kikori.replay import versions
from kikori.replay.case import Case
from kikori.replay.judge import _of_other_content, judge
from kikori.replay.verdict import NotAFix
from kikori.replay.versions import commits, version_of
from kikori.review import ReviewOptions, Row, Verdict, review
from kikori.review.batch import csv_of
from kikori.submission import unpack
from kikori.submission.format import content_of

from .conftest import good
from .hostile.handed import handed_in
from .hostile.parts import told, written

UNKNOWN = "0123456789abcdef"
STRICTER = '''

def test_second_edition(scene: Scene) -> None:
    """The page is the second edition."""
    assert "second edition" in scene.get("web", "/").text, "not yet the second edition"
'''


def git(root: Path, *words: str) -> str:
    argv = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org", *words]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, why: str) -> str:
    git(root, "add", "--all")
    git(root, "commit", "--message", why)
    return git(root, "rev-parse", "HEAD")[:12]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content root with one lab and its history: the first version, and nothing else yet."""
    root = tmp_path / "content"
    for part in ("labs/first-look", "labs/_images", "graders/first-look"):
        wanted = root / part.replace("first-look", "mini")
        shutil.copytree(paths.ROOT / part, wanted, ignore=shutil.ignore_patterns("__pycache__"))
    git(root, "init", "--initial-branch=main")
    monkeypatch.setenv("KIKORI_CONTENT", str(root))
    return root


def lab_of(root: Path) -> Lab:
    return Catalog([root]).lab("mini")


def make_stricter(root: Path) -> None:
    """The lab's next version, which nobody has fixed who had the first."""
    with (root / "graders/mini/test_timetable.py").open("a", encoding="utf-8") as file:
        file.write(STRICTER)


def test_version_at_hand_needs_no_history(root: Path) -> None:
    lab = lab_of(root)
    assert version_of(lab, content_of(lab)).commit == ""


@pytest.mark.slow
def test_older_version_is_found_and_is_whole(root: Path) -> None:
    first, old = commit(root, "first"), content_of(lab_of(root))
    make_stricter(root)
    commit(root, "second")
    (root / "README").touch()
    commit(root, "something else")
    found = version_of(lab_of(root), old)
    assert found.commit == first
    assert content_of(found.lab) == old
    assert (found.lab.folder.parent / "_images" / "server" / "Dockerfile").is_file()
    assert len(commits(lab_of(root))) == 2


@pytest.mark.slow
def test_version_that_was_found_once_is_not_searched_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, old = commit(root, "first"), content_of(lab_of(root))
    make_stricter(root)
    commit(root, "second")
    version_of(lab_of(root), old)
    monkeypatch.setattr("kikori.replay.versions._git", lambda *words: pytest.fail("asked git again"))
    assert version_of(lab_of(root), old).commit == first


@pytest.mark.slow
@pytest.mark.parametrize("content", [UNKNOWN, "../../../etc", "", "0" * 15 + "\n", "--all"])
def test_version_that_nobody_has_is_the_one_at_hand(root: Path, content: str) -> None:
    commit(root, "first")
    lab = lab_of(root)
    found = version_of(lab, content)
    assert (found.commit, found.lab) == ("", lab)


@pytest.mark.slow
def test_version_that_came_with_a_pull_is_found_though_it_was_looked_for_before(root: Path) -> None:
    commit(root, "first")
    make_stricter(root)
    second = content_of(lab_of(root))
    git(root, "stash")
    assert version_of(lab_of(root), second).commit == ""
    git(root, "stash", "pop")
    pulled = commit(root, "second")
    make_stricter(root)
    commit(root, "third")
    assert version_of(lab_of(root), second).commit == pulled


@pytest.mark.slow
def test_version_that_nobody_has_is_not_searched_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, "first")
    version_of(lab_of(root), UNKNOWN)
    monkeypatch.setattr("kikori.replay.versions._checked_out", lambda *words: pytest.fail("searched again"))
    assert version_of(lab_of(root), UNKNOWN).commit == ""


def test_lab_outside_of_a_repository_has_one_version(root: Path) -> None:
    shutil.rmtree(root / ".git")
    assert version_of(lab_of(root), UNKNOWN).commit == ""


@pytest.mark.slow
def test_link_in_a_commit_leads_nowhere(root: Path, tmp_path: Path) -> None:
    """A history is the instructor's own, and still nothing of it is written outside of its shelf."""
    (root / "labs/mini/images/web/away").symlink_to(tmp_path)
    commit(root, "first")
    old = content_of(lab_of(root))
    (root / "labs/mini/images/web/away").unlink()
    make_stricter(root)
    commit(root, "second")
    before = set(tmp_path.iterdir())
    assert version_of(lab_of(root), old).commit == ""
    assert set(tmp_path.iterdir()) - before <= {tmp_path / "state"}


def test_unknown_version_that_passes_is_verified_and_one_that_fails_is_no_verdict(root: Path) -> None:
    lab = lab_of(root)
    submission = unpack(written(told(good(), lab="mini", content=UNKNOWN), root / "x.kikori"))
    case = Case(version_of(lab, UNKNOWN), submission)
    case.lang = "en"
    verified = Row(file="x", verdict=Verdict.VERIFIED)
    assert _of_other_content(verified, case) == verified
    row = Row(file="x", verdict=Verdict.NOT_VERIFIED, reason="A.")
    failed = _of_other_content(row, case)
    assert (failed.verdict, failed.nowhere) == (Verdict.COULD_NOT_VERIFY, True)
    assert failed.reason.startswith("names a version of mini that nobody has")
    assert failed.reason.endswith("nor in the repository's history; in this one: A.")
    case.lang = "ja"
    assert "どこにもない版" in _of_other_content(row, case).reason


@pytest.mark.slow
@pytest.mark.parametrize(
    "problem",
    [WorkspaceProblem("Dockerfile: it does not build"), NotAFix("it replaces /bin/ps", "/bin/ps が置き換えられている")],
)
def test_unknown_version_that_can_no_longer_be_built_or_believed_is_no_verdict_either(
    root: Path, monkeypatch: pytest.MonkeyPatch, problem: KikoriError
) -> None:
    def refuse(*_: object) -> None:
        raise problem

    monkeypatch.setattr(judge_module, "rebuilt", refuse)
    known, unknown = content_of(lab_of(root)), UNKNOWN
    found = {}
    for content in (known, unknown):
        file = written(told(good(), lab="mini", content=content), root / f"{content}.kikori")
        found[content] = judge(file, file.name, Catalog([root]), Silent()).row
    assert (found[known].verdict, found[known].reason) == (Verdict.NOT_VERIFIED, problem.message)
    assert (found[unknown].verdict, found[unknown].nowhere) == (Verdict.COULD_NOT_VERIFY, True)
    assert found[unknown].reason.endswith(f"in this one: {problem.message}")


@pytest.mark.slow
def test_invented_contents_cost_no_search_each(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        (root / "labs/mini/task.md").write_text(f"# Task {number}\n", encoding="utf-8")
        commit(root, f"edition {number}")
    real, looked = versions._checked_out, []
    monkeypatch.setattr(versions, "_checked_out", lambda *words: (looked.append(words[1]), real(*words)))
    for number in range(20):
        assert version_of(lab_of(root), f"{number:016x}").commit == ""
    assert len(looked) == 4, "each commit is looked into once"
    assert [path.name for path in (paths.state() / "versions").iterdir()] == ["mini.json"]


@pytest.mark.slow
def test_older_version_stands_in_the_table(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner may name an old commit with weaker checks; who reads the CSV alone sees that, too."""
    first, old = commit(root, "first"), content_of(lab_of(root))
    make_stricter(root)
    commit(root, "second")

    def refuse(*_: object) -> None:
        raise WorkspaceProblem("it does not build")

    monkeypatch.setattr(judge_module, "rebuilt", refuse)
    file = written(told(good(), lab="mini", content=old), root / "old.kikori")
    row = judge(file, file.name, Catalog([root]), Silent()).row
    (read,) = csv.DictReader(io.StringIO(csv_of((row,)), newline=""))
    assert (read["version"], read["nowhere"], read["verdict"]) == (first, "False", "not verified")


@pytest.mark.docker
@pytest.mark.stands_on("first-look", "silent-exit")
def test_replay_is_that_of_the_learners_version(root: Path, tmp_path: Path) -> None:
    host.ready()
    first = commit(root, "first")
    members = handed_in(lab_of(root), "closed-page", "readable-by-all", tmp_path)
    make_stricter(root)
    commit(root, "second")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    written(members, inbox / "older.kikori")
    written(told(members, content=UNKNOWN), inbox / "unknown.kikori")
    written(told(members, content=content_of(lab_of(root))), inbox / "forged.kikori")
    found = {row.file: row for row in review(inbox, Catalog([root]), Silent(), ReviewOptions(jobs=1)).rows}
    assert (found["older.kikori"].verdict, found["older.kikori"].version) == (Verdict.VERIFIED, first)
    assert found["unknown.kikori"].verdict is Verdict.COULD_NOT_VERIFY
    assert "neither this one nor in the repository's history" in found["unknown.kikori"].reason
    assert "not yet the second edition" in found["unknown.kikori"].reason
    assert found["forged.kikori"].verdict is Verdict.NOT_VERIFIED
