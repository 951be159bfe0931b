"""How long the reviewer's pages take with a thousand submissions, beside a small static file of the same server.

``.venv/bin/python benchmarks/reviewing.py [--count 1000]`` makes the class up from sentences of the courses, every
tenth explanation a copy with a sentence changed, and prints a Markdown table.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from marking.essays import IDS, Essay, hand_in

from kikori import paths
from kikori.content import Catalog
from kikori.replay.verdict import Verdict
from kikori.review.similarity.measure import ALIKE
from kikori.review.store import opened
from kikori.review.web.app import Pages
from kikori.review.web.serving import open_review_folder
from web.served import served

TIMES = 25
SENTENCES = 6
"""Of each answer."""


def sentences() -> list[str]:
    """What the courses say, one by one."""
    pages = (page.read_text(encoding="utf-8") for page in sorted((paths.ROOT / "courses").rglob("*.md")))
    found = itertools.chain.from_iterable(re.split(r"(?<=[.。])\s*", page) for page in pages)
    return [one.strip() for one in found if 30 < len(one) < 200 and "<!--" not in one]


def essays(count: int) -> Iterator[Essay]:
    """A class; one in ten is a copy of the one before, one in ten is not verified."""
    dice, source = random.Random(7), sentences()  # noqa: S311  # nothing secret
    answers: list[str] = []
    for number in range(count):
        if number % 10 == 9:
            answers = [*answers[:-1], dice.choice(source)]
        else:
            answers = [" ".join(dice.choices(source, k=SENTENCES)) for _ in IDS]
        verdict = Verdict.NOT_VERIFIED if number % 10 == 3 else Verdict.VERIFIED
        yield Essay(learner=f"learner{number:04}", answers=answers, verdict=verdict, reason="An order is taken.")


def took(work: Callable[[], requests.Response]) -> tuple[float, float]:
    """The median milliseconds of a request, and those of the processor, which others on the machine do not lengthen."""
    spent, worked = [], []
    for _ in range(TIMES):
        began, busy = time.perf_counter(), time.process_time()
        assert work().ok
        spent.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - busy))
    return statistics.median(spent), statistics.median(worked)


def measured(base: str, token: str) -> dict[str, tuple[float, float]]:
    """Each page as a browser asks for it, on one connection."""
    browser = requests.Session()
    browser.get(f"{base}/", params={"token": token})
    first = browser.get(f"{base}/").text
    found = re.findall(r'href="(/one/[0-9a-f]+)"', first)
    shown = {place: browser.get(base + place).text for place in found[:TIMES]}
    machine = {place: re.findall(r'name="machine" value="([^"]+)"', page)[0] for place, page in shown.items()}
    places = itertools.cycle(machine)
    form = {f"level-{name}": "2" for name in ("symptom", "evidence", "mechanism", "prevention")}

    def mark() -> requests.Response:
        """Keep the marks of one, and be led to the next."""
        sent = form | {"machine": machine[place := next(places)]}
        return browser.post(base + place, data=sent, headers={"Origin": base})

    pages: dict[str, Callable[[], requests.Response]] = {
        "static file": lambda: browser.get(f"{base}/static/kikori.svg"),
        "first page of the queue": lambda: browser.get(f"{base}/"),
        "queue with a filter": lambda: browser.get(f"{base}/?learner=9&state=open"),
        "a submission": lambda: browser.get(base + next(places)),
        "save, and the next submission": mark,
    }
    return {name: took(work) for name, work in pages.items()}


def main() -> None:
    """Print how long each takes."""
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=1000)
    count = options.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder) as book:
            for number, essay in enumerate(essays(count)):
                hand_in(folder, book, essay, f"{number:04}.kikori")
        began = time.perf_counter()
        with open_review_folder(folder, Catalog()) as pile:
            opening = time.perf_counter() - began
            alike = sum(one.alike[:1] != () and one.alike[0].likeness >= ALIKE for one in pile.entries().values())
            with served(Pages(pile).app()) as at:
                found = measured(f"http://{at.hosts[0]}", at.token)
        began = time.perf_counter()
        with open_review_folder(folder, Catalog()):
            again = time.perf_counter() - began
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(f"{count} submissions; opened and compared once in {opening:.1f} s ({alike} alike), again in {again:.1f} s\n")
    print("| page | ms | ms of processor, browser's share included | times the static file |\n|---|---|---|---|")
    for what, (spent, worked) in found.items():
        print(f"| {what} | {spent:.0f} | {worked:.0f} | {spent / found['static file'][0]:.0f} |")


if __name__ == "__main__":
    main()
