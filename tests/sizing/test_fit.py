"""How many learners a computer carries, by hand-made sizes whose sums can be checked in one's head."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kikori.errors import Exit
from kikori.sizing.computer import Computer
from kikori.sizing.fit import Fits, fit, fits, need
from kikori.sizing.sizes import Size, Sizes, Work

CHECK = Work(memory=100, processor=6.0, seconds=20.0)
"""Once in ten minutes it is a hundredth of a processor."""


def size(**more: Any) -> Size:
    told: dict[str, Any] = {"day": date(2026, 1, 31), "docker": "26", "containers": 2, "networks": 2, "memory": 150}
    return Size(**(told | {"processor": 1.0, "images": 30, "written": 10, "check": CHECK} | more))


def sizes(**more: Any) -> Sizes:
    return Sizes(images=400, learner=50, labs={"first-look": size(**more)})


def machine(**more: int) -> Computer:
    return Computer(**({"processors": 100, "memory": 10**6, "disk": 10**6, "networks": 10**4} | more))


def test_what_a_class_of_twenty_needs() -> None:
    wanted = need(size(), sizes(), 20)
    assert wanted.memory == 1536 + 20 * (50 + 150) + 2 * 100
    assert wanted.processors == pytest.approx(20 * (0.01 + 0.01) / 0.8)
    assert wanted.disk == 5000 + 400 + 30 + 20 * 10
    assert wanted.networks == 40


def test_memory_is_for_one_check_in_ten_and_for_one_of_nine() -> None:
    assert [need(size(), sizes(), number).memory for number in (9, 10, 11)] == [3436, 3636, 3936]


def test_a_benchmark_counts_where_it_takes_more_than_a_check() -> None:
    wanted = need(size(bench=Work(memory=300, processor=90.0, seconds=60.0)), sizes(), 10)
    assert wanted.memory == 1536 + 10 * 200 + 300
    assert wanted.processors == pytest.approx(10 * (0.01 + 0.15) / 0.8)


@pytest.mark.parametrize(
    ("computer", "most", "tight"),
    [
        (machine(memory=1536 + 5 * 200 + 100), 5, "memory"),
        (machine(memory=1536 + 5 * 200 + 99), 4, "memory"),
        (machine(networks=30), 15, "networks"),
        (machine(disk=5430 + 70), 7, "disk"),
        (machine(processors=1), 40, "processors"),
        (machine(memory=1000), 0, "memory"),
    ],
)
def test_how_many_fit_and_what_runs_out_first(computer: Computer, most: int, tight: str) -> None:
    found = fit("first-look", sizes(), computer, 1)
    assert (found.most, found.tight) == (most, tight)
    assert found.fits is (most >= 1)


def test_a_class_too_large_is_told_of_all_that_it_lacks() -> None:
    found = fit("first-look", sizes(), machine(memory=3000, networks=30), 20)
    assert (found.fits, found.lacking) == (False, ("memory", "networks"))
    assert found.need == need(size(), sizes(), 20)


def at(computer: Computer) -> Fits:
    known = Sizes(labs={"light-lab": size(), "heavy-lab": size(memory=2000)})
    return fits(known, ["light-lab", "heavy-lab", "new-lab"], computer, 20)


def test_it_ends_well_where_all_that_is_known_fits() -> None:
    found = at(machine())
    assert [(one.lab, one.fits) for one in found.labs] == [("heavy-lab", True), ("light-lab", True)]
    assert (found.unmeasured, found.exit_code) == (("new-lab",), Exit.DONE)


def test_it_ends_with_3_where_one_lab_does_not_fit() -> None:
    found = at(machine(memory=16 * 1024))
    assert [(one.lab, one.fits) for one in found.labs] == [("heavy-lab", False), ("light-lab", True)]
    assert found.exit_code is Exit.ENVIRONMENT
