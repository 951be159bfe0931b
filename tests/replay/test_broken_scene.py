"""A replay shows the fault before it lays anything over it, and what nobody changed is no fix."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.engine.inspection.file_comparison import are_same, is_same
from kikori.engine.inspection.filesystem_diff import ADDED, DELETED, EndState
from kikori.errors import EnvironmentProblem, Exit
from kikori.grading.run import why_not_shown
from kikori.model import CheckResult, Lab, Outcome, Report, Stage
from kikori.prove.scene import ProofScene, proof_scene
from kikori.replay.broken_scene import seen_failing
from kikori.replay.judge import judge
from kikori.replay.rebuild import replay
from kikori.replay.verdict import Row, Verdict
from kikori.submission import pack, unpack

from .conftest import tar
from .hostile import parts

Before = Callable[[ProofScene], object]


# --- what no engine is needed for


def report(*checks: tuple[Outcome, bool]) -> Report:
    found = [CheckResult(id=f"test_{n}", title="T", outcome=one, guard=guard) for n, (one, guard) in enumerate(checks)]
    return Report(lab="first-look", at=0.0, checks=tuple(found))


@pytest.mark.parametrize(
    ("checks", "why"),
    [
        ([(Outcome.PASSED, True), (Outcome.FAILED, False)], ""),
        ([(Outcome.PASSED, False)], "no check fails"),
        ([(Outcome.FAILED, False), (Outcome.FAILED, True)], "breaks a guard: test_1"),
        ([(Outcome.FAILED, False), (Outcome.ERROR, False)], "the grader itself breaks: test_1"),
    ],
)
def test_fault_shows_by_a_check_that_fails_and_nothing_else(checks: list[tuple[Outcome, bool]], why: str) -> None:
    assert why_not_shown(report(*checks)).startswith(why)
    assert bool(why_not_shown(report(*checks))) == bool(why)


@pytest.mark.parametrize(
    ("ids", "first"),
    [(["test_page"], "test_page"), ([], ""), (["test_a\0b", "-x", "test_" + "a" * 99, "test_b"], "test_b")],
)
def test_check_that_the_learner_saw_fail_is_asked_first(ids: list[str], first: str) -> None:
    checks = [CheckResult(id=name, title="T", outcome=Outcome.FAILED) for name in ids]
    seen = CheckResult(id="test_passed", title="T", outcome=Outcome.PASSED)
    assert seen_failing((Report(lab="first-look", at=0.0, checks=(seen, *checks)),)) == first


class Container:
    """What an engine would say of a container that has these files."""

    def __init__(self, **files: bytes) -> None:
        self.files = files

    def get_archive(self, path: str) -> tuple[Iterator[bytes], dict[str, int]]:
        return (part for part in [tar("x", self.files[path])]), {"size": 1}


@pytest.mark.parametrize(
    ("after", "same"),
    [
        ({"/etc/a": b"x", "/run/a.pid": b"112", "/var/log/a": b"much"}, True),
        ({"/etc/a": b"x", "/run/a.pid": b"7", "/var/log/a": b"other, and more"}, True),
        ({"/etc/a": b"x", "/run/a.pid": b"7", "/var/log/a": b"much", "/var/log/b": b"new"}, True),
        ({"/etc/a": b"x", "/run/a.pid": b"7", "/var/log/a": b"few"}, True),
        ({"/etc/a": b"x", "/run/a.pid": b"7", "/var/log/a": b""}, False),
        ({"/etc/a": b"x", "/run/a.pid": b"7"}, False),
        ({"/etc/a": b"x", "/run/a.pid": b"7", "/var/log/a": b"much", "/run/b": b""}, False),
        ({"/etc/a": b"y", "/run/a.pid": b"7", "/var/log/a": b"much"}, False),
        ({"/etc/a": b"x", "/var/log/a": b"much"}, False),
    ],
)
def test_log_that_tells_other_things_or_has_come_is_no_change_and_one_that_was_emptied_is(
    after: dict[str, bytes], same: bool
) -> None:
    before = {"/etc/a": b"x", "/run/a.pid": b"112", "/var/log/a": b"much"}
    files = functools.reduce(parts.joined, [tar(path.lstrip("/"), data) for path, data in after.items()])
    state = EndState(present=tuple(sorted(after)), gone=(), files=files)
    container = Container(**before)
    assert is_same(container, dict.fromkeys(before, ADDED), state) == same  # type: ignore[arg-type]
    assert not is_same(container, dict.fromkeys([*before, "/etc/gone"], DELETED), state)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [(tar("a", b"x"), tar("./a", b"x"), True), (tar("a", b"x"), tar("a", b"xy"), False), (tar("a"), tar("b"), False)],
)
def test_workspace_is_compared_file_by_file(before: bytes, after: bytes, same: bool) -> None:
    assert are_same(before, after) == same


# --- replayed


@pytest.fixture(autouse=True)
def ready(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("docker"):
        host.ready()


def handed_in(lab: Lab, fault: str, *work: Before, folder: Path) -> Path:
    """What is packed after some work in a lab's healthy scene."""
    with proof_scene(lab, seed=7, learner="ada") as stage:
        stage.reset()
        for one in work:
            one(stage)
        stage.attempt = stage.store.move(stage.attempt, stage=Stage.FIXED, fault=fault)
        return Path(shutil.move(pack(stage.store, stage.project, stage.folder), folder / "ada.kikori"))


def put(fault: str) -> Before:
    return lambda stage: stage.put(stage.lab.faults[fault])


def fixed(fault: str, fix: str) -> Before:
    return lambda stage: stage.change(next(one for one in stage.lab.faults[fault].fixes if one.name == fix))


def judged(file: Path) -> Row:
    return judge(file, file.name, Catalog(), Silent()).row


@pytest.mark.docker
@pytest.mark.stands_on("first-look", "silent-exit")
@pytest.mark.parametrize(("lab", "fault"), [("first-look", "closed-page"), ("silent-exit", "unreadable-config")])
def test_what_nobody_changed_is_no_fix(tmp_path: Path, lab: str, fault: str) -> None:
    """Also where what is broken would have fixed itself by the restart of a replay."""
    row = judged(handed_in(Catalog().lab(lab), fault, put(fault), ProofScene.grade, folder=tmp_path))
    assert (row.verdict, row.exit_code) == (Verdict.NOT_VERIFIED, Exit.CHECK_FAILED)
    assert "nothing was changed since the break" in row.reason
    assert "kikori check" in row.reason


@pytest.mark.docker
@pytest.mark.stands_on("first-look", "silent-exit")
def test_service_that_was_never_broken_is_not_verified(tmp_path: Path) -> None:
    row = judged(handed_in(Catalog().lab("first-look"), "half-edit", folder=tmp_path))
    assert row.verdict is Verdict.NOT_VERIFIED
    assert "never had this fault: no /etc/nginx" in row.reason


@pytest.mark.docker
@pytest.mark.stands_on("first-look", "silent-exit")
@pytest.mark.parametrize(
    ("lab", "fault", "fix"),
    [("first-look", "closed-page", "readable-by-all"), ("silent-exit", "unreadable-config", "readable-by-all")],
    ids=["in a service", "in a workspace, with a volume"],
)
def test_right_fix_is_verified_and_only_where_its_fault_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lab: str, fault: str, fix: str
) -> None:
    file = handed_in(Catalog().lab(lab), fault, put(fault), fixed(fault, fix), folder=tmp_path)
    assert judged(file).verdict is Verdict.VERIFIED
    with monkeypatch.context() as patch:
        patch.setattr(paths, "ROOT", content_whose_break_does_nothing(lab, fault, tmp_path))
        with pytest.raises(EnvironmentProblem, match=f"the fault {fault} does not show on this machine") as caught:
            replay(Catalog().lab(lab), unpack(file))
    assert caught.value.hint == f"kikori lab prove {lab} --fault {fault}"


def content_whose_break_does_nothing(lab: str, fault: str, root: Path) -> Path:
    """A lab as others have it, but for one script."""
    for part in (f"labs/{lab}", "labs/_images", f"graders/{lab}"):
        shutil.copytree(paths.ROOT / part, root / "content" / part)
    (root / "content" / "src").symlink_to(paths.ROOT / "src")
    script = root / "content" / "labs" / lab / "faults" / fault / "break.sh"
    script.write_text("".join(line for line in script.read_text().splitlines(True) if line.startswith("#")) + "true\n")
    return root / "content"
