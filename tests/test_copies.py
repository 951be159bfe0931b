"""Code that stands in two files of src, graders and labs: which it is, and that both places still say the same."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from kikori import paths

MOST = 10
"""Lines that two files may share without being named here."""
CODE = {".py", ".sh", ".js", ".css", ".html", ".sql", ".conf", ""}
THIN = re.compile(r"[^\w]*$|(#|//|--)|(from \S+ )?import\b")
"""Lines that say nothing of their own: punctuation, comments, imports."""
BOARD = "labs/tune-the-board"
COMPARED_ELSEWHERE = (f"{BOARD}/defects/board/", f"{BOARD}/workspace/", "labs/_images/board-data/schema.sql")
"""The board is written from a template; tests/labs/test_board_defects.py compares what was written, whole."""


CHANGE = re.compile(r"labs/([^/]+)/(?:faults/[^/]+/)?(?:fixes|traps)/|labs/([^/]+)/faults/[^/]+/break")
"""What is carried out in a lab one by one, and so holds all that it needs: two of one lab may begin alike."""
KNOWN = {
    ("labs/_images/shop-front/nginx.conf", "labs/follow-the-request/workspace/front/nginx.conf"): 14,
    (
        "labs/_images/old-server-peers/railway/programs/ledger",
        "labs/rebuild-as-code/fixes/brought-along/templates/ledger.py",
    ): 14,
    (
        "labs/_images/old-server-peers/railway/programs/tickets",
        "labs/rebuild-as-code/fixes/brought-along/templates/tickets.py",
    ): 29,
    ("labs/fat-image/fixes/exec-in-a-shell/labels.py", "labs/fat-image/workspace/labels.py"): 27,
}
"""How many lines in a row two files share; one way to rebuild a server brings its own programs along."""


def test_code_that_stands_twice_is_known_and_still_the_same() -> None:
    pairs = [pair for pair in _pairs() if not _are_changes_of_one_lab(*pair)]
    found = {pair: _longest(*pair) for pair in pairs if not all(one.startswith(COMPARED_ELSEWHERE) for one in pair)}
    assert found == KNOWN, "change both places alike and note the number, or let one of them use the other"


def test_changes_of_one_lab_are_told_from_those_of_two() -> None:
    one, two = "labs/a/faults/x/fixes/y.sh", "labs/a/faults/z/traps/y.sh"
    assert _are_changes_of_one_lab(one, two)
    assert not _are_changes_of_one_lab(one, two.replace("/a/", "/b/"))
    assert not _are_changes_of_one_lab(one, "labs/a/workspace/y.sh")


def _are_changes_of_one_lab(first: str, second: str) -> bool:
    labs = [found and (found[1] or found[2]) for found in (CHANGE.match(first), CHANGE.match(second))]
    return labs[0] is not None and labs[0] == labs[1]


def test_a_copy_is_found(tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(MOST + 1)]
    assert _windows(["before", *lines]) & _windows([*lines, "after"])
    assert not _windows(lines[:MOST]) & _windows(lines)


def _pairs() -> set[tuple[str, str]]:
    places = defaultdict[tuple[str, ...], set[str]](set)
    for name in _files():
        for window in _windows(_lines(name)):
            places[window].add(name)
    return {pair for names in places.values() for pair in combinations(sorted(names), 2)}


def _files() -> list[str]:
    told = subprocess.run(
        ["git", "ls-files", "-z", "src", "graders", "labs"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in told.stdout.split("\0") if name and Path(name).suffix in CODE and _is_own(name)]


def _is_own(name: str) -> bool:
    return "/vendor/" not in name and not name.endswith(".min.js") and (paths.ROOT / name).is_file()


def _lines(name: str) -> list[str]:
    lines = (paths.ROOT / name).read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not THIN.match(line.strip())]


def _windows(lines: list[str]) -> set[tuple[str, ...]]:
    return {tuple(lines[start : start + MOST + 1]) for start in range(len(lines) - MOST)}


def _longest(first: str, second: str) -> int:
    return SequenceMatcher(None, _lines(first), _lines(second), autojunk=False).find_longest_match().size
