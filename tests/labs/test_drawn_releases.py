"""The releases that bad-deploy draws: no two are alike, and by their form nobody tells a broken one from a good one."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

from kikori import paths

DESK = paths.ROOT / "labs/bad-deploy/images/desk"
NUMBERS = [str(number) for number in range(40)]


def loaded(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn() -> ModuleType:
    return loaded("drawn_releases", DESK / "drawn.py")


@pytest.fixture(scope="module")
def harms() -> ModuleType:
    return loaded("unseen_harms", paths.ROOT / "graders/bad-deploy/harms.py")


@pytest.fixture(scope="module")
def orders() -> ModuleType:
    return loaded("looked_up_orders", paths.ROOT / "graders/bad-deploy/orders.py")


def files(drawn: ModuleType, kind: str, number: str) -> dict[str, str]:
    drawing = drawn.Drawing(kind, "abc123", number)
    return {
        "shop.py": drawing.program((DESK / "shop/shop.py").read_text(encoding="utf-8")),
        "ledger.py": drawing.library((DESK / "shop/ledger.py").read_text(encoding="utf-8")),
        "settings.json": drawing.settings(),
        "teas.json": drawing.teas("Kukicha"),
    }


@pytest.mark.slow
def test_every_release_can_be_read(drawn: ModuleType) -> None:
    for kind in drawn.HARMS:
        for number in NUMBERS:
            release = files(drawn, kind, number)
            for name, text in release.items():
                json.loads(text) if name.endswith(".json") else compile(text, name, "exec")


def test_each_release_changes_the_program_the_library_and_the_settings(drawn: ModuleType) -> None:
    for name in ("shop.py", "ledger.py", "settings.json", "teas.json"):
        assert len({files(drawn, "good", number)[name] for number in NUMBERS}) == len(NUMBERS)


def test_a_number_draws_the_same_release_again(drawn: ModuleType) -> None:
    assert files(drawn, "some", "7") == files(drawn, "some", "7")


@pytest.mark.slow
def test_good_and_broken_releases_have_as_many_lines(drawn: ModuleType) -> None:
    for name in ("shop.py", "ledger.py", "settings.json", "teas.json"):
        lines = {files(drawn, kind, number)[name].count("\n") for kind in drawn.HARMS for number in NUMBERS}
        assert len(lines) == 1


def test_every_harm_is_drawn(drawn: ModuleType) -> None:
    for kind, harms in drawn.HARMS.items():
        assert {drawn.Drawing(kind, "abc123", number).harm for number in NUMBERS} == set(harms)


@pytest.mark.slow
def test_every_unseen_harm_fits_every_good_release(drawn: ModuleType, harms: ModuleType) -> None:
    for kind, harm in harms.HARMS.items():
        for number in NUMBERS:
            release = files(drawn, "good", number)
            for name, before, after in harm(Random(f"{kind} {number}")):
                assert release[name].count(before) == 1, (kind, name, before)
                release[name] = release[name].replace(before, after)
            for name in ("shop.py", "ledger.py"):
                compile(release[name], name, "exec")


def test_the_program_that_pushes_unseen_harms_can_be_read(harms: ModuleType) -> None:
    compile(harms.PUSH, "push", "exec")


def test_customers_of_one_kind_always_meet_an_unseen_harm(harms: ModuleType) -> None:
    bases = {kind: {harms.unseen(kind, Random(number))[0] for number in NUMBERS} for kind in (*harms.HARMS, "good")}
    assert bases["some"] == bases["good"] == {"good"}
    assert all(bases[kind] == {kind, "good"} for kind in ("dies", "slow", "stuck", "lost"))
    assert not any(harms.unseen("good", Random(number))[1] for number in NUMBERS)


def test_what_loses_orders_sweeps_old_ones_away_too(drawn: ModuleType, harms: ModuleType) -> None:
    for number in NUMBERS:
        base, changes = harms.unseen("lost", Random(number))
        release, sweeping = files(drawn, base, number), changes[-1]
        assert release[sweeping[0]].count(sweeping[1]) == 1
        compile(release[sweeping[0]].replace(*sweeping[1:]), "ledger.py", "exec")


def test_the_program_that_looks_orders_up_can_be_read(orders: ModuleType) -> None:
    compile(orders.ASK, "ask", "exec")


def test_the_oldest_orders_are_always_looked_up(orders: ModuleType) -> None:
    confirmed = [str(number) for number in range(400)]
    chosen = orders.chosen(confirmed, Random("some"))
    assert chosen[: orders.OLDEST] == confirmed[: orders.OLDEST]
    assert len(set(chosen)) == len(chosen) == orders.OLDEST + orders.DRAWN
    assert orders.chosen(confirmed[:5], Random("few")) == confirmed[:5]


def test_the_shop_keeps_more_orders_than_a_check_looks_up(drawn: ModuleType, orders: ModuleType) -> None:
    remembered = re.search(r"REMEMBERED = (\d+)", (DESK / "customers.py").read_text(encoding="utf-8"))
    assert remembered
    fewest = min(json.loads(files(drawn, "good", number)["settings.json"])["kept"] for number in NUMBERS)
    assert fewest > 2 * (int(remembered[1]) + 3 * max(orders.RUSH))
