"""Labs that misbehave on purpose, made out of first-look: prove finds each, with the message an author needs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Silent, project
from kikori.engine.cleanup import projects
from kikori.engine.images import Image
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.prove import ledger
from kikori.prove.plan import plan_of
from kikori.prove.proof import Demand, Proof
from kikori.prove.runner import Wanted, prove, unrecorded
from kikori.prove.status import keys_of
from terminal_user import LOST_ON_RESTART, heed_interrupts

pytestmark = [pytest.mark.docker, pytest.mark.stands_on]

FAULT = "faults/closed-page"
GRADER = "graders/mini/test_timetable.py"


def write(file: str, text: str) -> Callable[[Path], None]:
    """Put a text into a file of the lab."""
    return lambda root: (root / file).write_text(text)


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Change a text in a file of the lab."""

    def change(root: Path) -> None:
        text = (root / file).read_text()
        assert old in text
        (root / file).write_text(text.replace(old, new))

    return change


def lab(path: str) -> str:
    return f"labs/mini/{path}"


GUARD_LINE = 'assert scene.state("web") == "running", reason('
FIX = lab(f"{FAULT}/fixes/readable-by-all.sh")
TRAP = lab(f"{FAULT}/traps/open-to-everyone.sh")

MINIATURES: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "never broken by its fault": (
        write(lab(f"{FAULT}/break.sh"), "#!/bin/sh\ntrue\n"),
        "closed-page", "break.sh", "nobody would notice this fault",
    ),
    "fix that does not mend": (
        write(FIX, "#!/bin/sh\ntrue\n"),
        "closed-page/fixes/readable-by-all", "readable-by-all.sh", "after the fix, test_answer is failed",
    ),
    "fix that can't be carried out": (
        write(FIX, "#!/bin/sh\necho no such tool >&2; exit 3\n"),
        "closed-page/fixes/readable-by-all", "readable-by-all.sh", "ended with 3: no such tool",
    ),
    "fault whose first fix does not mend": (
        write(FIX, "#!/bin/sh\ntrue\n"),
        "closed-page", "readable-by-all.sh", "after the fix, test_answer is failed",
    ),
    "trap that passes": (
        write(TRAP, "#!/bin/sh\n# fails: test_answer\nchmod 644 /srv/www/index.html\n"),
        "closed-page/traps/open-to-everyone", "open-to-everyone.sh", "the grader accepts a wrong fix",
    ),
    "trap that fails elsewhere": (
        write(TRAP, "#!/bin/sh\n# fails: test_timetable\nchmod 777 /srv/www/index.html\n"),
        "closed-page/traps/open-to-everyone", "open-to-everyone.sh", "test_timetable is passed; what fails is",
    ),
    "trap that names no check": (
        write(TRAP, "#!/bin/sh\nchmod 777 /srv/www/index.html\n"),
        "closed-page/traps/open-to-everyone", "open-to-everyone.sh", "write '# fails: test_…'",
    ),
    "right fix refused": (
        replace(GRADER, "0o002 if roots_group", "0o077 if roots_group"),
        "closed-page/fixes/readable-by-all", "readable-by-all.sh", "test_page_is_not_open_to_writers is failed",
    ),
    "grader that crashes": (
        replace(GRADER, "answer = eventually(", "answer = 1 / 0 or eventually("),
        "closed-page", "break.sh", "the grader itself breaks: test_answer is error: ZeroDivisionError",
    ),
    "passes only once": (
        replace(
            GRADER, GUARD_LINE,
            'from kikori.grading import say\n    first = scene.host("web").run("mkdir /run/once").rc == 0\n'
            '    assert first, say("seen before", "二度目")\n'
            f"    {GUARD_LINE}",
        ),
        "healthy", "graders/mini", "on the healthy scene, the second time, test_server_is_up is failed: seen before",
    ),
    "mend lost on restart": (
        write(lab("faults/half-edit/fixes/end-the-line.sh"),
              f"#!/bin/sh\n{LOST_ON_RESTART}\n"),
        "half-edit/fixes/end-the-line", "end-the-line.sh", "and a restart of every service, test_answer is failed",
    ),
    "a check that errors where nothing runs": (
        write(lab(f"{FAULT}/break.sh"), "#!/bin/sh\nkill -HUP 1\nsleep 1\n"),
        "closed-page", "break.sh", "",
    ),
    "a fault that breaks a guard": (
        write(lab(f"{FAULT}/break.sh"), "#!/bin/sh\nchmod 602 /srv/www/index.html\n"),
        "closed-page", "break.sh", "breaks a guard: test_page_is_not_open_to_writers",
    ),
    "too few traps": (
        lambda root: [path.unlink() for path in (root / TRAP).parent.glob("[!o]*")],
        "closed-page", "traps", "1 traps; each fault has at least 2",
    ),
}  # fmt: skip


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    """A content root with one lab, first-look under another name."""
    root = tmp_path / "content"
    shutil.copytree(paths.ROOT / "labs/first-look", root / "labs/mini")
    shutil.copytree(paths.ROOT / "labs/_images", root / "labs/_images")
    shutil.copytree(paths.ROOT / "graders/first-look", root / "graders/mini")
    return root


@pytest.mark.parametrize(("change", "demand", "file", "message"), MINIATURES.values(), ids=MINIATURES)
def test_prove_finds(mini: Path, change: Callable[[Path], None], demand: str, file: str, message: str) -> None:
    host.ready()
    change(mini)
    proofs = prove(Wanted(labs=(Catalog([mini]).lab("mini"),), only=demand), Silent())
    assert proofs.exit_code == 1
    (found,) = proofs.proofs[0].demands
    assert message in found.breach
    assert file in found.breach
    assert found.command.startswith(f"kikori lab prove mini --only {demand} --seed ")


HOURS = "return OPENS <= hour < CLOSES"
EVENING = '    closes = int(scene.params["closes"])\n'
REMEMBERED = """    from pathlib import Path
    from kikori.grading import say
    seen = Path(__file__).with_name("seen")
    assert not seen.exists(), say("seen before", "二度目")
    seen.touch()
"""
UNFINISHED: dict[str, tuple[Callable[[Path], None], str, str, str]] = {
    "work that is finished already": (
        replace(lab("workspace/hours.py"), "return True", HOURS),
        "unfinished", "workspace", "no check fails",
    ),
    "work that breaks a guard": (
        replace(lab("workspace/hours.py"), "{ROOM}", "of the house"),
        "unfinished", "workspace", "breaks a guard: test_front_page",
    ),
    "a fix that leaves it unfinished": (
        replace(lab("fixes/compare.diff"), "<= hour <", "<= hour <="),
        "fixes/compare", "fixes/compare", "after the fix, test_closed_in_the_evening is failed",
    ),
    "a trap that finishes it": (
        replace(lab("traps/never-open.sh"), "return False", HOURS),
        "traps/never-open", "never-open.sh", "the grader accepts a wrong fix",
    ),
    "one of many traps that finishes it": (
        replace(lab("traps/never-open.sh"), "return False", HOURS),
        "traps", "never-open.sh", "the grader accepts a wrong fix",
    ),
    "traps after which no fix mends": (
        replace("graders/mini/test_hours.py", EVENING, EVENING + REMEMBERED),
        "traps", "fixes/compare", "in a scene of its own, after the traps had failed in theirs, test_closed_in",
    ),
    "too few fixes": (
        lambda root: (root / lab("fixes/list-the-hours.sh")).unlink(),
        "unfinished", "fixes", "1 fixes; each unfinished work has at least 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "demand", "file", "message"), UNFINISHED.values(), ids=UNFINISHED)
def test_prove_finds_in_a_lab_of_unfinished_work(
    tmp_path: Path, change: Callable[[Path], None], demand: str, file: str, message: str
) -> None:
    root = tmp_path / "content"
    shutil.copytree(paths.ROOT / "labs/_models/build/lab", root / "labs/mini")
    shutil.copytree(paths.ROOT / "labs/_models/build/grader", root / "graders/mini")
    shutil.copytree(paths.ROOT / "labs/_images", root / "labs/_images")
    test_prove_finds(root, change, demand, file, message)


def test_a_breach_ends_with_1_and_the_command_that_shows_it_again(mini: Path) -> None:
    """The known hole of others: a failure that is printed, and exit code 0."""
    write(FIX, "#!/bin/sh\ntrue\n")(mini)
    argv = [sys.executable, "-m", "kikori", "lab", "prove", "mini", "--only", "closed-page/fixes/readable-by-all"]
    done = subprocess.run([*argv, "--content", str(mini)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    told = re.search(r"→ ./kikori (lab prove mini --only closed-page/fixes/readable-by-all --seed .+)", done.stderr)
    assert told, done.stderr
    again = [sys.executable, "-m", "kikori", *told[1].split()]
    shown = subprocess.run(again, capture_output=True, text=True, check=False)
    assert shown.stderr.splitlines()[-2:] == done.stderr.splitlines()[-2:]
    assert "breached" in done.stdout


def test_a_proof_that_is_interrupted_begins_nothing_new_and_leaves_nothing(mini: Path) -> None:
    for folder in ("labs", "graders"):
        (mini / folder / "mini").rename(mini / folder / "cut-short")
    argv = [sys.executable, "-m", "kikori", "lab", "prove", "cut-short", "--content", str(mini), "--jobs", "1"]
    proving = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts)
    assert proving.stderr
    first = next(line for line in proving.stderr if "cut-short healthy" in line)
    assert "✓" in first
    for _ in range(3):  # somebody is impatient
        os.kill(proving.pid, signal.SIGINT)
        time.sleep(0.2)
    said = proving.stderr.read()
    assert proving.wait(timeout=60) in (130, -signal.SIGINT)  # a shell says 130 of both; the last may come at its end
    assert said.count("cut-short ") <= 1, "at most the demand that was at its end"
    assert "Taking down what stands" in said
    assert "Traceback" not in said
    assert not [name for name in projects("kikori-prove-") if "-cut-short-" in name]


def test_a_recorded_lab_is_left_out_until_it_changes_and_its_record_is_void_where_it_does_not_hold(mini: Path) -> None:
    """The whole life of a record, on a lab that is proved for it."""
    for fault in ("missing-page", "half-edit"):
        drop_fault(mini, fault)
    argv = [sys.executable, "-m", "kikori", "lab", "prove", "mini", "--content", str(mini), "--json"]
    done = subprocess.run([*argv, "--record"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ledger = mini / "proofs/mini.toml"
    assert json.loads(done.stdout)["proofs"][0]["recorded"] == str(ledger)
    rows = tomllib.loads(ledger.read_text())["demands"]
    assert rows.keys() == set(plan_of(Catalog([mini]).lab("mini")))
    assert all(row["processor"] > 0 and row["wall"] > 0 and row["docker"] for row in rows.values())
    again = subprocess.run([*argv, "--changed"], capture_output=True, text=True, check=True)
    assert json.loads(again.stdout)["proofs"][0]["skipped"]
    write(FIX, "#!/bin/sh\ntrue # a lie from now on\n")(mini)
    changed = Catalog([mini]).lab("mini")
    stale, now = unrecorded(changed), keys_of(changed)
    assert "healthy" not in stale
    for name in stale:
        ledger.write_text(ledger.read_text().replace(rows[name]["key"], now[name]))
    last = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert (last.returncode, json.loads(last.stdout)["proofs"][0]["void"]) == (1, str(ledger))
    assert not ledger.exists()


def drop_fault(root: Path, name: str) -> None:
    shutil.rmtree(root / lab("faults") / name)
    text = (root / lab("lab.toml")).read_text()
    (root / lab("lab.toml")).write_text(re.sub(rf"(?ms)^\[faults\.{name}\].*?(?=^\[faults\.[a-z-]+\]\n|\Z)", "", text))


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"seed": 7}, "seeds that nobody chose"),
        ({"brief": "c0ffee"}, "whole demands"),
        ({"chosen": {}}, "whole demands"),
    ],
)
def test_rows_of_less_than_a_lab_as_learners_get_it_are_refused(about: dict[str, Any], said: str) -> None:
    with pytest.raises(KikoriError, match=said):
        prove(Wanted(labs=(), record=True, **about), Silent())


def test_rows_of_other_data_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIKORI_PROFILE", "tiny")
    with pytest.raises(KikoriError, match="KIKORI_PROFILE"):
        prove(Wanted(labs=(), record=True), Silent())


def test_an_engine_that_stands_in_the_way_voids_nothing(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Catalog([mini]).lab("mini")
    rows = [Demand(lab="mini", name=n, met=True, seconds=1, processor=1, at=datetime.now(UTC)) for n in plan_of(found)]
    file = ledger.record(
        found, Proof(lab="mini", content="", seed=1, demands=tuple(rows)), keys=keys_of(found), engine="e", docker="26"
    )

    def away(self: object, steps: object = None) -> None:
        raise EnvironmentProblem("No space left on device.")

    with monkeypatch.context() as broken:
        broken.setattr("kikori.prove.scene.ProofScene.reset", away)
        proofs = prove(Wanted(labs=(found,), only="healthy"), Silent())
    assert "No space left" in proofs.proofs[0].demands[0].breach
    assert (proofs.exit_code, proofs.proofs[0].void, file.exists()) == (1, "", True)


def test_images_are_looked_at_once_a_run(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def is_stale(image: Image) -> bool:
        looked.append(image.tag)
        return usual(image)

    usual = project.is_stale
    monkeypatch.setattr(project, "is_stale", is_stale)
    found = Catalog([mini]).lab("mini")
    traps = frozenset(name for name in plan_of(found) if "closed-page/traps/" in name)
    assert prove(Wanted(labs=(found,), chosen={"mini": traps}), Silent()).exit_code == 0
    assert len(traps) > 2
    assert len(looked) == len(set(looked)) == 3, "the lab's own, the one below it, and the sidecar's"
