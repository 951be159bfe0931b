"""Reviews of many: what was judged is not judged again, what was killed half-way goes on, and time has a limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sql

from kikori import paths
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.engine.cleanup import projects
from kikori.errors import EnvironmentProblem, Exit, KikoriError
from kikori.model import Report
from kikori.replay import worker as alone_module
from kikori.replay.verdict import Judged
from kikori.replay.worker import in_own_process
from kikori.review import ReviewOptions, Row, Verdict, batch, review, submissions
from kikori.review.store import digest_of, opened
from kikori.review.submissions import handed_in as read_in
from kikori.submission import unpack

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
    monkeypatch.setattr(batch, "in_own_process", lambda file, name, limit, identity: verdict(file, name, limit))
    monkeypatch.setattr(batch.host, "ready", lambda: None)
    monkeypatch.setattr(batch, "sweep_dead", lambda kind: None)
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
    found = review(folder, Catalog(), Silent(), ReviewOptions(jobs=1, **way))  # type: ignore[arg-type]
    return [row.file for row in found.rows]


@pytest.mark.slow
def test_what_was_verified_is_not_judged_again(three: Path, judged: list[str]) -> None:
    names = ["a.kikori", "b.kikori", "c.kikori"]
    assert [pass_over(three), pass_over(three)] == [names, names]
    assert judged == names


@pytest.mark.slow
def test_edited_file_is_judged_anew_and_alone(three: Path, judged: list[str], plain: Members) -> None:
    pass_over(three)
    judged.clear()
    written(told(plain, learner="b", seed=8), three / "b.kikori")
    pass_over(three)
    assert judged == ["b.kikori"]


@pytest.mark.slow
def test_renamed_file_is_known_under_its_new_name(three: Path, judged: list[str]) -> None:
    pass_over(three)
    judged.clear()
    (three / "c.kikori").rename(three / "z.kikori")
    assert pass_over(three) == ["a.kikori", "b.kikori", "z.kikori"]
    assert not judged


@pytest.mark.slow
def test_again_judges_all(three: Path, judged: list[str]) -> None:
    pass_over(three)
    judged.clear()
    pass_over(three, again=True)
    assert judged == ["a.kikori", "b.kikori", "c.kikori"]


@pytest.mark.slow
def test_a_mended_engine_judges_all_anew(three: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """tests/prove/test_keys.py has which changes make another engine."""
    pass_over(three)
    judged.clear()
    monkeypatch.setattr("kikori.replay.judge.engine_key", lambda *asked: "mended")
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


def test_judge_that_was_ended_leaves_a_row_with_learner_and_lab(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that its explanation can be marked by the lab's scheme."""
    instead(monkeypatch, lambda file, name, limit: alone_module._late(name, limit))
    found = review(three, Catalog(), Silent(), ReviewOptions(jobs=1)).rows[0]
    assert (found.learner, found.lab, found.fault) == ("a", "first-look", "half-edit")
    assert found.verdict is Verdict.COULD_NOT_VERIFY
    assert shown(three)["a.kikori"] == found


def test_file_that_can_not_be_opened_does_not_stop_the_others(
    three: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = submissions.digest_of

    def denied(file: Path) -> str:
        if file.name == "b.kikori":
            raise PermissionError(13, "Permission denied", str(file))
        return real(file)

    monkeypatch.setattr(submissions, "digest_of", denied)
    assert pass_over(three) == ["a.kikori", "b.kikori", "c.kikori"]


def test_pipe_by_the_name_of_a_submission_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.kikori")
    with pytest.raises(KikoriError, match="no plain file at all"):
        unpack(tmp_path / "x.kikori")
    with pytest.raises(OSError, match="not a plain file"):
        digest_of(tmp_path / "x.kikori")


@pytest.mark.slow
def test_files_of_a_submission_are_not_unpacked_in_the_reviews_own_process(
    three: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with them is found by the process that judges it, which has limits; its row has a name even so."""
    bad = good() | {"services/web.tar": b"no tar at all", "events.jsonl": b"no event"}
    written(told(bad, learner="mallory"), three / "d.kikori")

    def read(*_: object) -> None:
        raise AssertionError("unpacked here")

    monkeypatch.setattr(sys.modules["kikori.submission.unpack"], "read_tar", read)
    monkeypatch.setattr(sys.modules["kikori.submission.unpack"], "_log", read)
    assert pass_over(three) == ["a.kikori", "b.kikori", "c.kikori", "d.kikori"]
    assert judged == ["a.kikori", "b.kikori", "c.kikori", "d.kikori"]
    (one,) = read_in({three / "d.kikori": "d.kikori"}, Catalog())
    assert one.told is not None
    assert one.told.learner == "mallory"


def test_interrupted_review_ends_its_judges_at_once(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, in_own_process)
    real = subprocess.Popen
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(alone_module.subprocess, "Popen", lambda argv, **options: real(sleeper, **options))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            review(three, Catalog(), Silent(), ReviewOptions(jobs=2))
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - began < 20
    assert not alone_module.RUNNING
    assert shown(three) == {}


@pytest.mark.slow
def test_judge_ends_once_its_review_was_killed(tmp_path: Path) -> None:
    """Else nobody would end it when its time is over."""
    (tmp_path / "x.kikori").write_bytes(b"no zip")
    text = f"""
        import os, subprocess, sys, time
        from kikori.replay import judge, worker
        if len(sys.argv) == 1:
            subprocess.Popen([sys.executable, {str(tmp_path / "child.py")!r}, str(os.getpid())])
            time.sleep(60)
        judge.judge = lambda *_: time.sleep(60)
        open({str(tmp_path / "begun")!r}, "w").write(str(os.getpid()))
        worker._main("x", "x", sys.argv[1])
        """
    (tmp_path / "child.py").write_text(textwrap.dedent(text), encoding="utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "child.py")]) as parent:
        await_(lambda: (tmp_path / "begun").is_file() and (tmp_path / "begun").read_text())
        parent.kill()
    child = int((tmp_path / "begun").read_text())
    await_(lambda: not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text())


def await_(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + 15
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_book_that_is_locked_is_not_to_be_moved_away(tmp_path: Path) -> None:
    locked = sql.exc.OperationalError("INSERT", {}, Exception("database is locked"))
    with pytest.raises(EnvironmentProblem, match="database is locked") as caught, opened(tmp_path):
        raise locked
    assert "mv" not in caught.value.hint


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
@pytest.mark.stands_on("first-look", "silent-exit")
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
    found = review(folder, Catalog(), Silent(), ReviewOptions(jobs=2))
    assert [row.verdict for row in found.rows] == [Verdict.VERIFIED] * 3
    assert found.rows[0] == before["a.kikori"], "not replayed: its seconds are the same"
    assert not [name for name in projects("kikori-replay-") if not Path(f"/proc/{name.split('-')[3]}").exists()]


MOODY = """
from pathlib import Path
from kikori.grading import Scene


def test_moody(scene: Scene) -> None:
    \"\"\"It passes when it is asked a second time.\"\"\"
    if scene.get("web", "/").status == 200:  # the broken scene is none of its business
        flag = Path("{flag}")
        asked = flag.exists()
        flag.touch()
        assert asked, "not at once"
"""


@pytest.mark.docker
@pytest.mark.stands_on("first-look", "silent-exit")
def test_check_that_passes_only_when_asked_again_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "content"
    for part in ("labs/first-look", "labs/_images", "graders/first-look"):
        shutil.copytree(paths.ROOT / part, root / part.replace("first-look", "mini"))
    members = handed_in(Catalog([root]).lab("mini"), "closed-page", "readable-by-all", tmp_path)
    moody = root / "graders/mini/test_moody.py"
    moody.write_text(MOODY.format(flag=tmp_path / "flag"), encoding="utf-8")
    monkeypatch.setenv("KIKORI_CONTENT", str(root))
    row = in_own_process(written(members, tmp_path / "ada.kikori"), "ada.kikori").row
    assert (row.verdict, row.retried) == (Verdict.VERIFIED, True), row.reason
    row = in_own_process(tmp_path / "ada.kikori", "ada.kikori").row
    assert (row.verdict, row.retried) == (Verdict.VERIFIED, False), row.reason
