"""Reviews of many: what was judged is not judged again, what was killed half-way goes on, and time has a limit."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kikori import paths
from kikori.catalog import Catalog
from kikori.errors import Exit
from kikori.model import Report
from kikori.review import Row, Verdict, Way, batch, review
from kikori.review.alone import alone
from kikori.review.book import opened
from kikori.review.inbox import handed_in as read_in
from kikori.review.verdict import Judged
from kikori.runtime import Silent
from kikori.runtime.sweep import projects

from .conftest import good
from .hostile.handed import handed_in, mended
from .hostile.parts import Members, told, written


def shown(folder: Path) -> dict[str, Row]:
    """What the folder's book knows."""
    with opened(folder) as book:
        return {one.judged.row.file: one.judged.row for one in book.all()}


# --- without an engine: who is judged at all


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were judged, in their order; every judgement is that the file is right."""
    names: list[str] = []

    def verdict(file: Path, name: str, limit: float) -> Judged:
        names.append(name)
        (one,) = read_in({file: name}, Catalog())
        report = Report(lab="first-look", at=0.0, checks=())
        return Judged(row=Row(file=name, verdict=Verdict.VERIFIED), report=report, judge=one.judge)

    instead(monkeypatch, verdict)
    return names


def instead(monkeypatch: pytest.MonkeyPatch, verdict: Callable[[Path, str, float], Judged]) -> None:
    """Judge by this, and ask no engine."""
    monkeypatch.setattr(batch, "alone", verdict)
    monkeypatch.setattr(batch.machine, "ready", lambda: None)
    monkeypatch.setattr(batch, "sweep_dead", lambda: None)
    monkeypatch.setattr(batch, "builds", lambda missing, steps: iter([list(missing)]))


@pytest.fixture
def three(tmp_path: Path, plain: Members) -> Path:
    """Three submissions in a folder."""
    for name in ("a", "b", "c"):
        written(told(plain, learner=name), tmp_path / f"{name}.kikori")
    return tmp_path


@pytest.fixture
def plain() -> Members:
    return good()


def pass_over(folder: Path, **way: object) -> list[str]:
    found = review(folder, Catalog(), Silent(), Way(jobs=1, **way))  # type: ignore[arg-type]
    return [row.file for row in found.rows]


def test_what_was_verified_is_not_judged_again(three: Path, judged: list[str]) -> None:
    names = ["a.kikori", "b.kikori", "c.kikori"]
    assert [pass_over(three), pass_over(three)] == [names, names]
    assert judged == names


def test_edited_file_is_judged_anew_and_alone(three: Path, judged: list[str], plain: Members) -> None:
    pass_over(three)
    judged.clear()
    written(told(plain, learner="b", seed=8), three / "b.kikori")
    pass_over(three)
    assert judged == ["b.kikori"]


def test_renamed_file_is_known_under_its_new_name(three: Path, judged: list[str]) -> None:
    pass_over(three)
    judged.clear()
    (three / "c.kikori").rename(three / "z.kikori")
    assert pass_over(three) == ["a.kikori", "b.kikori", "z.kikori"]
    assert not judged


def test_again_judges_all(three: Path, judged: list[str]) -> None:
    pass_over(three)
    judged.clear()
    pass_over(three, again=True)
    assert judged == ["a.kikori", "b.kikori", "c.kikori"]


def test_other_kikori_judges_all_anew(three: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pass_over(three)
    judged.clear()
    monkeypatch.setattr("kikori.review.judge.__version__", "9.9.9")
    pass_over(three)
    assert judged == ["a.kikori", "b.kikori", "c.kikori"]


def test_what_could_not_be_verified_is_tried_again(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def nothing(file: Path, name: str, limit: float) -> Judged:
        seen.append(name)
        return Judged(row=Row(file=name, verdict=Verdict.COULD_NOT_VERIFY, exit_code=Exit.ENVIRONMENT))

    instead(monkeypatch, nothing)
    pass_over(three)
    pass_over(three)
    assert len(seen) == 6


# --- on an engine


@contextmanager
def reviewing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """``kikori review`` at work, one submission at a time."""
    argv = [sys.executable, "-m", "kikori", "review", str(folder), "--jobs", "1"]
    with subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.docker
def test_review_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    members = mended("first-look", tmp_path)
    for name in ("a", "b", "c"):
        written(members | {"explanation.md": name.encode()}, folder / f"{name}.kikori")
    with reviewing(folder) as process:
        assert process.stderr
        assert "1/3 a.kikori" in next(line for line in process.stderr if "/3" in line)
        process.send_signal(signal.SIGKILL)
    before = shown(folder)
    assert list(before) == ["a.kikori"]
    found = review(folder, Catalog(), Silent(), Way(jobs=2))
    assert [row.verdict for row in found.rows] == [Verdict.VERIFIED] * 3
    assert found.rows[0] == before["a.kikori"], "not replayed: its seconds are the same"
    assert not [name for name in projects("kikori-replay-") if not Path(f"/proc/{name.split('-')[3]}").exists()]


MOODY = """
from pathlib import Path
from kikori.grading import Scene


def test_moody(scene: Scene) -> None:
    \"\"\"It passes when it is asked a second time.\"\"\"
    flag = Path("{flag}")
    asked = flag.exists()
    flag.touch()
    assert asked, "not at once"
"""


@pytest.mark.docker
def test_check_that_passes_only_when_asked_again_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "content"
    for part in ("labs/first-look", "labs/_images", "graders/first-look"):
        shutil.copytree(paths.ROOT / part, root / part.replace("first-look", "mini"))
    members = handed_in(Catalog([root]).lab("mini"), "closed-page", "readable-by-all", tmp_path)
    moody = root / "graders/mini/test_moody.py"
    moody.write_text(MOODY.format(flag=tmp_path / "flag"), encoding="utf-8")
    monkeypatch.setenv("KIKORI_CONTENT", str(root))
    row = alone(written(members, tmp_path / "ada.kikori"), "ada.kikori").row
    assert (row.verdict, row.retried) == (Verdict.VERIFIED, True), row.reason
    row = alone(tmp_path / "ada.kikori", "ada.kikori").row
    assert (row.verdict, row.retried) == (Verdict.VERIFIED, False), row.reason
