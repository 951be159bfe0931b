"""The records of the labs that are written from drawn papers: each draw can be solved, and every part is in it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

import pytest

from kikori import paths

NUMBERS = range(1000, 9999, 211)
"""Numbers of which the papers are drawn."""


def _modules(monkeypatch: pytest.MonkeyPatch, lab: str, package: str) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The drawn papers of a lab and what its grader takes for true; forgotten afterwards, as others have such names."""
    ours = ("truth", "words", "values", package, "filled_form")

    def forget() -> None:
        for name in [name for name in sys.modules if name.split(".")[0] in ours]:
            del sys.modules[name]

    forget()
    for place in (f"graders/{lab}", f"labs/{lab}/images/records", "labs/_images/paper"):
        monkeypatch.syspath_prepend(str(paths.ROOT / place))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield import_module(f"{package}.tell"), import_module("truth")
    forget()


@pytest.fixture
def quarter(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ModuleType]]:
    yield from _modules(monkeypatch, "quarterly-review", "drawn_quarter")


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ModuleType]]:
    yield from _modules(monkeypatch, "design-for-others", "drawn_house")


def test_each_quarter_has_a_missed_number_that_may_go_and_one_that_may_not(
    quarter: tuple[ModuleType, ModuleType],
) -> None:
    _, truth = quarter
    for number in NUMBERS:
        found = truth.Truth(number)
        missed = [name for name in found.names if found.is_missed(name)]
        parts = {found.quarter.parts[name]: name for name in missed}
        assert set(parts) == {"borne", "loud"}, number
        borne, loud, weeks = parts["borne"], parts["loud"], list(range(12, 28))
        least = max(found.target(borne).accepts.values())
        assert found.borne(borne, least, weeks) >= truth.BORNE
        assert least <= max(found.floor(borne)) < found.target(borne).objective
        assert found.borne(loud, found.target(loud).objective - 0.1, weeks) == 0
        assert found.target(loud).objective < min(found.floor(loud))


def test_no_number_of_a_quarter_lies_at_a_limit_of_the_sorting(quarter: tuple[ModuleType, ModuleType]) -> None:
    _, truth = quarter
    for number in NUMBERS:
        found = truth.Truth(number)
        for name in found.names:
            if found.counted(name).valid:
                assert all(abs(found.used(name) - limit) > 1 for limit in (truth.AMPLE, truth.WHOLE)), (number, name)
                assert abs(found.loudness(name) - truth.LOUD) > 0.05, (number, name)


def test_a_quarter_is_told_as_it_was_drawn(quarter: tuple[ModuleType, ModuleType]) -> None:
    tell, truth = quarter
    files, again, other = (tell.drawn(number) for number in (4711, 4711, 4712))
    assert files == again
    assert files["weeks.csv"] != other["weeks.csv"]
    found = truth.Truth(4711)
    for line in files["weeks.csv"].splitlines()[1:]:
        week, name, *counts = line.split(",")
        assert tuple(map(int, counts)) == tuple(found.target(name).weeks[int(week[1:])])


def test_every_place_of_a_setting_wins_once(house: tuple[ModuleType, ModuleType]) -> None:
    _, truth = house
    for number in NUMBERS:
        facts = truth.Truth(number).facts
        assert {facts[name][1] for name in ("port", "metrics", "data", "at_once")} == {
            "tally.py",
            "tally.toml",
            "tally.service",
            "override.conf",
        }


def test_what_no_longer_holds_stands_in_the_old_document(house: tuple[ModuleType, ModuleType]) -> None:
    tell, truth = house
    for number in NUMBERS:
        old, facts = tell.drawn(number)["README-2024.md"], truth.Truth(number).facts
        for told in (f"port {facts['port'][0]},", f"metrics at {facts['metrics'][0]},", f"data is {facts['data'][0]}."):
            assert told not in old, number


def test_the_drawn_program_is_one_and_does_what_is_told(house: tuple[ModuleType, ModuleType]) -> None:
    tell, truth = house
    marks = {"stops": "os._exit", "stale": "those of last time", "refuses": "return None", "open": "return True"}
    marks |= {"waits": '"/spool"', "loses": "is gone"}
    for number in NUMBERS:
        program = tell.drawn(number)["tally.py"]
        ast.parse(program)
        effects = {need.effect for need in truth.Truth(number).house.needs.values()}
        assert {effect for effect, mark in marks.items() if mark in program} == effects, number
