"""A pair: two homes on one computer, which have nothing in common but a file that goes from one to the other."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from homes import Home, done, homes
from kikori.engine.cleanup import leftovers
from terminal_user import EXPLANATION

from .conftest import GUESSES, WORD, scenes_of

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Callable[[str], Home]]:
    with homes(tmp_path) as make:
        yield make


def begun(home: Home, lab: str) -> None:
    """From nothing to where a setter changes things."""
    done(home("start", lab))
    done(home("fault", "guess", "--file", "-", stdin=GUESSES))
    done(home("fault", "begin"))


def said(**options: str) -> list[str]:
    """What a setter says at sealing."""
    usual = {
        "symptom": "Travellers get an error page.",
        "cause": "The page lies under a name that nobody asks for.",
        "component": "web",
        "diagnosis": "missing-file",
        "word": WORD,
    }
    return [
        part for name, value in (usual | options).items() for part in (f"--{name.replace('_', '-')}", value) if value
    ]


def test_a_fault_goes_from_one_home_to_another_in_a_file(home: Callable[[str], Home], tmp_path: Path) -> None:
    setter, solver = home("grace"), home("ada")
    begun(setter, "first-look")
    moved = "mv /srv/www/index.html /srv/www/table.html; rm /etc/motd; rm -f /tmp/x; echo seen > ~/.bash_history"
    done(setter("shell", "--", "sh", "-c", moved))
    fix = setter.write("fix.sh", "#!/bin/sh\nmv /srv/www/table.html /srv/www/index.html\n")
    sealed = json.loads(done(setter("fault", "seal", *said(fix=fix, diagnosis=""), "--json")).stdout)
    assert set(sealed["changed"]["web"]) >= {"/srv/www/index.html", "/srv/www/table.html"}
    assert not [path for path in sealed["changed"]["web"] if path.startswith(("/root", "/tmp"))]  # noqa: S108
    assert not any(map(scenes_of, setter.processes)), "the scene of the proof is still there"
    done(setter("stop", "--yes"))

    (file,) = (setter.folder / "here").glob("*.fault")
    given = solver.folder / "here" / "from-grace.fault"
    file.rename(given)
    assert b"table.html" not in sealed_part(given)
    assert b"nobody asks for" not in given.read_bytes()

    done(solver("start", "first-look"))
    broken = done(solver("break", "--from", "from-grace.fault"))
    assert "Travellers get an error page." in broken.stdout
    assert done(solver("check"), 1)
    assert "kikori fault open" in done(solver("debrief", "--give-up"), 2).stderr
    done(solver("fault", "open", "--word", WORD), 2)
    page = done(solver("shell", "--", "cat", "/srv/www/table.html")).stdout
    (attempt,) = solver.attempts()
    assert attempt.params["stop"] in page, "it is the solver's own timetable"
    done(solver("shell", "--", "sh", "-c", "mv /srv/www/table.html /srv/www/index.html"))
    done(solver("check"))
    done(solver("explain", "--file", "-", stdin=EXPLANATION))
    assert "does not open the solution" in done(solver("fault", "open", "--word", WORD + "s"), 2).stderr
    opened = done(solver("fault", "open", "--word", WORD)).stdout
    assert "The page lies under a name that nobody asks for." in opened
    assert "mv /srv/www/table.html /srv/www/index.html" in opened
    assert "part 3" in opened
    judged = done(solver("fault", "guess", "--came-true", "2", "--json"))
    assert json.loads(judged.stdout)["came_true"] == [2]
    assert "can't be handed in" in done(solver("submit"), 2).stderr
    assert "can't be handed in" in done(solver("check", "--dispute"), 2).stderr
    done(solver("reset"))
    done(solver("check", "--quick"))
    done(solver("stop", "--yes"))
    assert not [left for one in (setter, solver) for attempt in one.attempts() for left in leftovers(attempt.project)]


def sealed_part(file: Path) -> bytes:
    with zipfile.ZipFile(file) as archive:
        return archive.read("sealed")


PATCH = """--- a/orders.conf
+++ b/orders.conf
@@ -3,3 +3,3 @@
 [server]
-port = 8081
+port = 8080
 keep = /var/lib/orders
"""
PORT = ("port = 8080", "port = 8081")


def test_a_fault_of_the_workspace_goes_too(home: Callable[[str], Home]) -> None:
    setter, solver = home("grace"), home("ada")
    begun(setter, "silent-exit")
    conf = setter.folder / "workspaces/silent-exit/orders.conf"
    conf.write_text(conf.read_text().replace(*PORT))
    done(setter("apply"))
    fix = setter.write("fix.diff", PATCH)
    told = said(fix=fix, component="orders", diagnosis="", cause="It listens elsewhere.", symptom="No shop.")
    sealed = json.loads(done(setter("fault", "seal", *told, "--json")).stdout)
    assert sealed["changed"] == {"workspace": ["orders.conf"]}
    done(setter("stop", "--yes"))

    done(solver("start", "silent-exit"))
    done(solver("break", "--from", sealed["file"]))
    own = solver.folder / "workspaces/silent-exit"
    assert PORT[1] in (own / "orders.conf").read_text()
    log = subprocess.run(["git", "log", "--format=%an: %s"], cwd=own, capture_output=True, text=True, check=True).stdout
    assert "grace" not in log
    assert subprocess.run(["git", "status", "-s"], cwd=own, capture_output=True, text=True, check=True).stdout == ""
    done(solver("check"), 1)
    (own / "orders.conf").write_text((own / "orders.conf").read_text().replace(*reversed(PORT)))
    done(solver("apply"))
    done(solver("check"))
    done(solver("stop", "--yes"))
