"""What a setter can't seal: it is said in a sentence, nothing is written, and the setter's scene goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kikori import host
from kikori.attempts import Store
from kikori.content import Catalog
from kikori.engine.changes import scripts
from kikori.engine.cleanup import leftovers, sweep
from kikori.errors import KikoriError
from kikori.fault_file import Script
from kikori.learner.lifecycle import start
from kikori.learner.session import Session
from kikori.learner.shell import shell
from kikori.model import Stage
from kikori.premortem.guesses import guess
from kikori.premortem.setter import Told, begin, has_begun, seal
from kikori.premortem.solver import put_from_file
from kikori.proof_keys import scene_key
from terminal_user import Kikori, heed_interrupts

from .conftest import GUESSES, SOLUTION, WORD, packed, scenes_of

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look")]

CLOSE = "chmod 600 /srv/www/index.html; chown root /srv/www/index.html"
TOLD = Told(symptom="The page says 403.", solution=SOLUTION)


@pytest.fixture(autouse=True)
def clean_docker(own_places: Path) -> Iterator[None]:
    host.ready()
    yield
    for attempt in Store().all():
        sweep(attempt.project)
    assert not scenes_of(os.getpid())


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A setter's session that has begun."""
    made = Session()
    start(made, "first-look", seed=3)
    (tmp_path / "guesses").write_text(GUESSES)
    guess(made, str(tmp_path / "guesses"))
    begin(made)
    return made


def typed(session: Session, line: str) -> None:
    assert shell(session, "web", ["sh", "-c", line]).exit_code == 0


def refusal(session: Session, told: Told, folder: Path) -> str:
    """What is said of a fault that does not seal; nothing is left, and the setter may go on."""
    folder.mkdir(exist_ok=True)
    with pytest.raises(KikoriError) as caught:
        seal(session, told, WORD, str(folder))
    assert [*folder.iterdir()] == []
    assert not scenes_of(os.getpid())
    assert has_begun(session, session.attempt())
    return caught.value.message


def with_fix(text: str) -> Told:
    return replace(TOLD, solution=replace(SOLUTION, fix=Script(service="web", text=text)))


def with_script(text: str, **more: Any) -> Told:
    return replace(TOLD, script=Script(service="web", text=text), **more)


def test_what_does_not_seal(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    assert "Nothing was changed since you began" in refusal(session, TOLD, out)
    with pytest.raises(KikoriError, match="fewer than 8 characters"):
        seal(session, TOLD, "short", str(tmp_path))
    assert "no check fails: nobody would notice" in refusal(session, with_script("true\n"), out)
    assert "ended with 3: no such tool" in refusal(session, with_script("echo no such tool >&2; exit 3\n"), out)
    monkeypatch.setattr(scripts, "PATIENCE", 3)
    for endless in ("while :; do :; done\n", "yes\n"):
        assert "did not end within 3 s" in refusal(session, with_script(endless), out)


def test_fix_that_fixes_nothing(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    typed(session, CLOSE)
    assert "The fix does not fix it: test_answer is failed" in refusal(session, with_fix("true\n"), out)
    told = refusal(session, with_fix("exit 4\n"), out)
    assert "The fix can't be carried out" in told
    assert "ended with 4" in told


def test_guard_that_is_broken(session: Session, tmp_path: Path) -> None:
    typed(session, "chmod 602 /srv/www/index.html")
    assert "breaks a guard: test_page_is_not_open_to_writers" in refusal(session, TOLD, tmp_path / "out")


def test_a_gigabyte(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = refusal(session, with_script(f"{CLOSE}\nhead -c 1G /dev/zero > /srv/big\n"), out)
    # Whoever is faster: the meter of a replay, or the look at the script's result.
    assert "writes more than 512 MiB" in told or "more than a replay may" in told
    typed(session, "head -c 200K /dev/urandom > /srv/noise")
    assert "web: 200 KiB in changed files, the largest /srv/noise" in refusal(session, TOLD, out)
    typed(session, "rm /srv/noise; truncate -s 1G /srv/sparse")
    assert "/srv/sparse" in refusal(session, TOLD, out)
    typed(session, CLOSE)
    sealed = seal(session, replace(TOLD, left_out=("/srv/sparse",)), WORD, str(out))
    assert "/srv/sparse" not in sealed.changed["web"]
    assert [path.name for path in out.iterdir()] == [Path(sealed.file).name]


def cut_short(words: list[str], when: Callable[[int], bool], folder: Path) -> int:
    """Interrupt a command as soon as a condition of its process holds; gives its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kikori", *words],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    deadline = time.monotonic() + 60
    while not when(process.pid) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.poll() is None, "the command ended before it could be cut short"
    os.kill(process.pid, signal.SIGINT)
    return process.wait(timeout=90)


def test_seal_cut_short(session: Session, kikori: Kikori, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    typed(session, CLOSE)
    (tmp_path / "fix.sh").write_text("chmod 644 /srv/www/index.html\n")
    words = ["fault", "seal", "--symptom", "403", "--cause", "closed", "--component", "web", "--word", WORD]
    words += ["--fix", str(tmp_path / "fix.sh"), "--to", str(out)]
    proving = []

    def proves(process: int) -> bool:
        proving[:] = scenes_of(process)
        return bool(proving)

    assert cut_short(words, proves, tmp_path) == 130
    assert not any(map(leftovers, proving))
    assert [*out.iterdir()] == []
    assert not [*tmp_path.glob("*.part")]
    assert "You have begun already" in kikori("fault", "begin").stderr
    done = kikori(*words)
    assert done.returncode == 0, done.stderr
    assert len([*out.iterdir()]) == 1


def of_first_look(tmp_path: Path, script: str) -> Path:
    file = tmp_path / "grace.fault"
    file.write_bytes(packed("first-look", scene_key(Catalog().lab("first-look")), script))
    return file


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("true\n", "on this computer it does not show as it should: no check fails"),
        ("chmod 602 /srv/www/index.html\n", "breaks a guard"),
        ("exit 5\n", "ended with 5"),
    ],
)
def test_file_whose_fault_does_not_show_here(tmp_path: Path, script: str, message: str) -> None:
    solver = Session()
    start(solver, "first-look")
    with pytest.raises(KikoriError) as caught:
        put_from_file(solver, of_first_look(tmp_path, script))
    assert message in caught.value.message
    assert "the scene is healthy again" in caught.value.message
    attempt = solver.attempt()
    assert (attempt.stage, attempt.fault) == (Stage.HEALTHY, None)


def test_break_from_a_file_cut_short(kikori: Kikori, tmp_path: Path) -> None:
    assert kikori("start", "first-look").returncode == 0
    file = of_first_look(tmp_path, "sleep 5; chmod 600 /srv/www/index.html\n")

    def breaking(_process: int) -> bool:
        return Store().all()[-1].stage is Stage.BREAKING

    assert cut_short(["break", "--from", str(file)], breaking, tmp_path) == 130
    assert "A break of first-look was cut short" in kikori("check").stderr
    assert kikori("reset").returncode == 0
    assert kikori("check", "--quick").returncode == 0
    assert kikori("stop", "--yes").returncode == 0
    assert not any(leftovers(attempt.project) for attempt in Store().all())
