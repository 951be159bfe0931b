"""textlint over Markdown and TOML: prepared so that it reads what a reader reads, line by line."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
FENCE = re.compile(r"^\s*(```|~~~)")
FOLDED = re.compile(r'^\s*[?!]{3}\+? \w+(?: "(.*)")?\s*$')
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ATTRIBUTES = re.compile(r"^\{ [^{}]+ \}$")
"""What the line above looks like; nobody reads it."""
TITLE = re.compile(r"『[^』]*』")
"""Of a book: it is written as its cover has it."""
NUMBER = re.compile(r"(?<! )%\(\w+\)[ds](?! )")
"""What a program fills in without a blank beside it."""
INDENT = 4
WRITTEN_LAST = "node_modules/.package-lock.json"
"""By npm, once all packages are in their places."""
MIXED = "ja-technical-writing/no-mix-dearu-desumasu"
"""A rule of pages; a table holds what pages quote beside what the program says."""


def sources(root: Path) -> list[Path]:
    """List what people read in Japanese: pages, and the tables beside them."""
    pages = (path for folder in ("courses", "labs", "docs", "graders") for path in root.glob(f"{folder}/**/*.ja.md"))
    tables = (path for pattern in TABLES for path in root.glob(pattern))
    return sorted(path for path in {*pages, *tables} if not LEFT_OUT & {*path.relative_to(root).parts})


TABLES = (
    "courses/**/*.toml",
    "labs/*/lab.toml",
    "graders/*/rubric.toml",
    "graders/*/reasons.toml",
    "docs/*.toml",
    "src/kikori/**/*.toml",
)
LEFT_OUT = {"adr", "images", "workspace", "fixes", "traps", "node_modules"}
"""Folders whose files are no prose of ours, or that a page shows as they are."""


def findings(files: Iterable[Path]) -> list[str]:
    """Run textlint on the files; give a line for each finding, by file and line.

    Raises:
        subprocess.CalledProcessError: npm could not install what package-lock.json names.
    """
    install(HERE)
    with tempfile.TemporaryDirectory(prefix="kikori-textlint-") as name:
        copies = dict(_copied(files, Path(name)))
        return list(_told(_run([*copies]), copies)) if copies else []


def install(folder: Path) -> None:
    """Install what a folder's package-lock.json names, once: whoever comes meanwhile waits until all is there.

    Raises:
        subprocess.CalledProcessError: npm could not.
    """
    place = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        if not (folder / WRITTEN_LAST).is_file():
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, capture_output=True)
    finally:
        os.close(place)


def _copied(files: Iterable[Path], folder: Path) -> Iterator[tuple[Path, Path]]:
    """Write what a reader reads of each file, with its lines where they were."""
    for number, path in enumerate(files):
        text = path.read_text(encoding="utf-8")
        copy = folder / f"{number}.md"
        lines = _page(text) if path.suffix == ".md" else _table(text)
        copy.write_text("".join(f"{TITLE.sub('『本』', line)}\n" for line in lines), encoding="utf-8")
        yield copy, path


def _page(text: str) -> Iterator[str]:
    """Keep Markdown, with folded parts at the margin and their titles as sentences of their own."""
    folded = code = False
    for line in text.splitlines():
        if FENCE.match(line):
            code = not code
        title = FOLDED.match(line)
        if title and not code:
            folded = True
            yield title[1] or ""
            continue
        if folded and line.strip() and not line.startswith(" " * INDENT):
            folded = False
        yield "" if ATTRIBUTES.match(line) else line[INDENT:] if folded else line


def _table(text: str) -> Iterator[str]:
    """Keep the Japanese strings of a TOML file; every other line is empty."""
    inside = False
    for line in text.splitlines():
        opened = line.count('"""') % 2 == 1
        if inside:
            yield line.replace('"""', "") if JAPANESE.search(line) else ""
        elif opened:
            yield _after(line) if JAPANESE.search(line) else ""
        else:
            yield _strings(line) if JAPANESE.search(line) else ""
        inside ^= opened


def _after(line: str) -> str:
    return line.split('"""', 1)[1]


def _strings(line: str) -> str:
    if line.lstrip().startswith(("#", "reading = ")):  # the kana of a word, spelt out
        return ""
    found = [paragraph for one in QUOTED.findall(line) for paragraph in one.split(r"\n\n")]
    prose = (one.replace(r"\n", "") for one in found if not one.startswith(" " * INDENT))
    return "- " + "。".join(NUMBER.sub("1", one).removesuffix("。") for one in prose if JAPANESE.search(one))


def _run(copies: list[Path]) -> list[dict[str, Any]]:
    command = [str(HERE / "node_modules/.bin/textlint"), "-c", "textlintrc.json", "-f", "json", *map(str, copies)]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise RuntimeError(f"textlint did not run: {done.stderr.strip()}")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _told(results: list[dict[str, Any]], copies: dict[Path, Path]) -> Iterator[str]:
    for result in results:
        path = copies[Path(str(result["filePath"]))]
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        messages = [one for one in result["messages"] if path.suffix == ".md" or one["ruleId"] != MIXED]
        for message in messages:
            reason = " ".join(str(message["message"]).split())
            yield f"{shown}:{message['line']}: {message['ruleId']}: {reason}"
