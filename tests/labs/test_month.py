"""The month of the lab burn-rate: its data must not call for somebody by chance. No Docker needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import accumulate
from typing import Any

import pytest

from kikori import paths

MONTH = str(paths.ROOT / "labs" / "_images" / "month")
BY_CHANCE = ("1001", "1006", "1008", "1028", "1046")
"""Pasts in which one failure of the first minutes was more than a thousandth of all that had been asked."""


@pytest.fixture
def burn_rate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.syspath_prepend(MONTH)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield import_module("month.burn_rate")
    for name in [name for name in sys.modules if name.split(".")[0] == "month"]:
        del sys.modules[name]


@pytest.mark.parametrize("past", BY_CHANCE)
def test_no_window_is_over_the_objective_before_the_first_trouble(burn_rate: Any, past: str) -> None:
    month = burn_rate.BurnRate(past, "2025-09")
    first = min(one.trouble.begin for one in month.diary)
    valid, bad = month.customers
    asked, failed = accumulate(valid[:first]), accumulate(bad[:first])
    over = [tick for tick, (all_, some) in enumerate(zip(asked, failed, strict=True)) if some > 0.001 * all_]
    assert sum(bad[:first]) > 0, "nothing fails at all: the test shows nothing"
    assert not over
