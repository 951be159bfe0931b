"""Why runs of the same code differ, and what else the machine did meanwhile."""

from __future__ import annotations

import time

import msgspec
import pytest

from bench.test_history import run
from bench.test_score import TABLE
from kikori.bench.result import HostLoad, Result
from kikori.bench.score import Score
from kikori.bench.usage import Reading, clock, host_load
from kikori.bench.variance import reasons


def names(*runs: Result) -> list[str]:
    return [reason.name for reason in reasons(list(runs))]


def test_a_run_that_repeats_has_no_reason_not_to() -> None:
    quiet = HostLoad(busy=0.8, others=0.05, stolen=0.0)
    assert names(msgspec.structs.replace(run(1000), luck=0.02, ground=quiet)) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"luck": 0.2}, "few"),
        ({"ground": HostLoad(busy=0.8, others=0.3, stolen=0.0)}, "others"),
        ({"ground": HostLoad(busy=0.8, others=0.0, stolen=0.1)}, "stolen"),
        ({"ground": HostLoad(busy=0.99, others=0.0, stolen=0.0)}, "full"),
    ],
)
def test_what_disturbed_a_run_is_told(changed: dict[str, object], why: str) -> None:
    (found,) = reasons([msgspec.structs.replace(run(1000), **changed)])  # type: ignore[type-var]
    assert found.name == why
    assert found.share == changed.get("luck") or found.share > 0.05


def test_runs_that_rise_one_after_the_other_have_not_settled() -> None:
    assert names(run(1000), run(1200), run(1400)) == ["rising"]
    assert names(run(1000), run(1400), run(1200)) == []
    assert names(run(1000), run(1200, workspace="b"), run(1400)) == [], "another code is no repetition"


def test_chance_weighs_what_an_action_earns() -> None:
    seldom, often = Score(TABLE), Score(TABLE)
    for score, times in ((seldom, 25), (often, 2500)):
        score.scoring = True
        for _ in range(times):
            score.count("look", 9.0)
    assert seldom.luck == pytest.approx(0.2)
    assert often.luck == pytest.approx(0.02)
    assert Score(TABLE).luck == 1.0


@pytest.mark.slow
def test_what_the_generator_and_the_services_took_is_not_others() -> None:
    before = clock()
    until = time.process_time() + 0.5
    while time.process_time() < until:
        pass
    after = clock()
    seen = host_load(before, after, {}, {})
    assert seen is not None
    mine = (after.generator - before.generator) / (after.at - before.at)
    assert mine > 0.1
    took = Reading(after.at, cpu=seen.others * (after.at - before.at) * 2, memory=0, disk=0, cpus=1.0, life="a")
    with_services = host_load(before, after, {"app": took._replace(cpu=0.0)}, {"app": took})
    assert with_services is not None
    assert with_services.others <= seen.others
    assert with_services.busy == seen.busy
