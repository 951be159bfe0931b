"""How quiet-pager's replay reads rules and labels, and when its Alertmanager rings. No Docker needed.

What is expected of the groups is what Alertmanager 0.28 did with the same alerts, seconds for minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

NIGHTS = paths.ROOT / "labs" / "quiet-pager" / "images" / "shop" / "nights"


@pytest.fixture
def lab() -> Iterator[Import]:
    with modules_of(NIGHTS) as load:
        yield load


def rung(lab: Any, monkeypatch: pytest.MonkeyPatch, firing: dict[str, list[list[int]]], **how: Any) -> list[Any]:
    """When the pager rings for alerts, all in one group but for what is inhibited: W by V."""
    ringing, routing = lab("ringing"), lab("routing")
    asked = {"wait": 1.0, "interval": 5.0, "repeat": 240.0, "by_the_clock": False} | how
    route = routing.Route(receiver="page", pages=True, group_by=(), **asked)
    sides = {"V": {"source": frozenset({0})}, "W": {"target": frozenset({0})}}
    monkeypatch.setattr(routing, "deployed", lambda: SimpleNamespace(routes=[route], inhibit=[{}]))
    monkeypatch.setattr(routing, "way", lambda labels: routing.Way((0,), **sides.get(labels["alertname"], {})))
    alerts = [ringing.Alert({"alertname": name}, firing=spans) for name, spans in firing.items()]
    return [(ring.at, [name for name, _ in ring.alerts]) for ring in ringing.Alertmanager(alerts).night(120)]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("hour() < 11 # isn't it", "hour(vector(60 + time())) < 11 # isn't it"),
        ("time() - timestamp(up) > 5", "(60 + time()) - (60 + timestamp(up)) > 5"),
        ("x:time() + x{a='hour()'}", "x:time() + x{a='hour()'}"),
    ],
)
def test_what_asks_for_the_time_is_told_another(lab: Any, query: str, told: str) -> None:
    assert lab("clock").expression(query, 60) == told


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("min_over_time(r:x:rate5m[3m:15s]) > 0.02", "min_over_time(r:x:rate5m[3000ms:250ms]) > 0.02"),
        ("rate(x[5m] offset 1h)", "rate(x[5000ms] offset 60000ms)"),
        ('increase(x{a="[5m]"}[1h30m])', '(60 * increase(x{a="[5m]"}[90000ms]))'),
    ],
)
def test_a_rehearsal_looks_back_over_less(lab: Any, query: str, told: str) -> None:
    assert lab("hasten").expression(query) == told


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"source_labels": ["alertname"], "regex": "Slow|Late", "action": "drop"}, None),
        ({"source_labels": ["alertname"], "regex": "Fast", "action": "keep"}, None),
        ({"target_label": "severity", "replacement": "ticket"}, {"alertname": "Slow", "severity": "ticket"}),
        ({"source_labels": ["alertname"], "regex": "S(.*)", "target_label": "to"}, {"alertname": "Slow", "to": "low"}),
        ({"regex": "alert(.+)", "action": "labelmap"}, {"alertname": "Slow", "name": "Slow"}),
    ],
)
def test_labels_are_changed_before_an_alert_is_sent(lab: Any, step: dict[str, Any], told: dict[str, str]) -> None:
    assert lab("relabel").sent({"alertname": "Slow"}, [step]) == told


def test_an_alert_is_as_slow_as_what_it_rests_on(lab: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEPLOYED", str(tmp_path))
    (tmp_path / "prometheus.yml").write_text("global: {evaluation_interval: 15s}\nrule_files: [rules.yml]\n")
    seldom = {"interval": "20m", "rules": [{"record": "r:x", "expr": "sum(x)"}, {"alert": "A", "expr": "x > 1"}]}
    usual = {"rules": [{"record": "r:y", "expr": "r:x / 2"}, {"alert": "B", "expr": "r:y > 1"}, {"alert": "C"}]}
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [seldom, usual]}))
    assert lab("deployed").paces() == {"A": 20, "B": 20, "C": 0.25}


SCRAPES = """
global: {scrape_interval: 15s}
scrape_configs:
  - job_name: front
    static_configs: [{targets: ["front:8080"], labels: {env: prod}}]
    metric_relabel_configs: [{source_labels: [route], regex: /cart, action: drop}]
  - job_name: probe
    scrape_interval: 1m
    static_configs: [{targets: ["probe:9115"]}]
  - job_name: mysql
    static_configs: [{targets: ["database:9104"]}]
    relabel_configs: [{source_labels: [job], regex: mysql, action: drop}]
"""


@pytest.mark.slow
def test_a_night_is_kept_as_the_deployed_prometheus_would_keep_it(
    lab: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DEPLOYED", str(tmp_path))
    (tmp_path / "prometheus.yml").write_text(SCRAPES)
    kept = {one["series"]: one["values"].split() for one in lab("replay").inputs(lab("nights").Night("outage", "1"))}
    front = 'http_requests_total{job="front",instance="front:8080",env="prod",service="front",route="%s",method="%s"'
    assert front % ("/browse", "GET") + ',code="200"}' in kept
    assert not [one for one in kept if one.startswith(front % ("/cart", "POST")) or 'job="mysql"' in one]
    probe = kept['probe_success{job="probe",instance="probe:9115",route="/browse"}']
    assert {place % 4 for place, said in enumerate(probe) if said != "_"} == {0}
    assert {"0", "1"} < set(probe)
    assert "stale" not in probe
    assert "stale" in kept[front % ("/browse", "GET") + ',code="200"}']
    assert 'node_load1{job="node",instance="app:9100"}' in kept


def test_an_alert_looks_at_what_it_rests_on(lab: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEPLOYED", str(tmp_path))
    (tmp_path / "prometheus.yml").write_text("rule_files: [rules.yml]\n")
    rules = [{"record": "r:x", "expr": "sum(node_load1)"}, {"record": "r:y", "expr": "r:x / 2"}]
    alerts = [{"alert": "A", "expr": "r:y > 1"}, {"alert": "B", "expr": "up == 0"}]
    (tmp_path / "rules.yml").write_text(json.dumps({"groups": [{"rules": [*rules, *alerts]}]}))
    assert lab("deployed").looks_at("A") == {"r:y", "r:x", "sum", "node_load1"}
    assert lab("deployed").looks_at("B") == {"up"}


def test_rules_are_late_where_all_of_them_are(lab: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEPLOYED", str(tmp_path))
    (tmp_path / "prometheus.yml").write_text("global: {rule_query_offset: 15m}\n")
    told = lab("replay").behind({"groups": [{"name": "a"}, {"name": "b", "query_offset": "1m"}]})
    assert [group["query_offset"] for group in told["groups"]] == ["15m", "1m"]
    assert lab("hasten").hastened({"global": {"rule_query_offset": "30s"}}) == {
        "global": {"rule_query_offset": "500ms"}
    }


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_on_each_weekday_somebody_is_hurt(lab: Any, seed: str) -> None:
    nights = lab("unseen").all_of(seed)
    drawn = [night for night in nights if night.name.startswith(("refused-", "waiting-"))]
    assert len({night.day % 7 for night in drawn}) == 7
    assert all(night.hour * 60 + night.length <= 24 * 60 for night in drawn)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_each_trouble_is_back_an_hour_or_two_after_it_was_over(lab: Any, seed: str) -> None:
    night = next(one for one in lab("unseen").all_of(seed) if one.name == "again")
    over: dict[str, float] = {}
    for hurt in night.hurt:
        how = hurt.what["how"]
        assert hurt.what["again"] == (how in over)
        if how in over:
            assert 60 <= hurt.began - over[how] <= 120
        over[how] = hurt.ended
    assert set(over) == {"refused", "waiting", "gone"}


def test_a_second_trouble_rings_again(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = rung(lab, monkeypatch, {"A": [[10, 20], [60, 70]]})
    assert [at for at, _ in seen] == [11, 61]


def test_a_group_tells_nothing_before_its_next_turn(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rung(lab, monkeypatch, {"A": [[10, 20], [60, 70]]}, interval=720.0) == [(11, ["A"])]


def test_what_joins_a_group_is_told_at_its_next_turn(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rung(lab, monkeypatch, {"A": [[10, 40]], "B": [[12, 40]]}) == [(11, ["A"]), (16, ["A", "B"])]


def test_what_lasts_is_told_again_after_a_while(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [at for at, _ in rung(lab, monkeypatch, {"A": [[10, 90]]}, repeat=30.0)] == [11, 41, 71]


def test_what_is_inhibited_is_told_when_that_is_over(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = rung(lab, monkeypatch, {"V": [[10, 20]], "W": [[10, 40]]})
    assert seen == [(11, ["V"]), (21, ["W"])]


def test_a_route_that_goes_by_the_clock_is_shut(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rung(lab, monkeypatch, {"A": [[10, 90]]}, by_the_clock=True) == []


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_what_fails_inside_is_no_customers_trouble(lab: Any, seed: str) -> None:
    night = next(one for one in lab("unseen").all_of(seed) if one.name == "inside")
    assert not night.hurt
    last = list(night.series())[-1]
    front, catalog, checkout = (broken(last, service) for service in ("front", "catalog", "checkout"))
    assert max(front.values()) < 0.01
    assert min(catalog["/browse"], catalog["/search"], checkout["/cart"], checkout["/orders"]) > 0.05
    assert {"/sync"} == ((catalog.keys() | checkout.keys()) - front.keys())


def broken(seen: Any, service: str) -> dict[str, float]:
    """The share of a night's requests to a service that failed or took longer than a second, by route."""
    asked, bad = dict[str, float](), dict[str, float]()
    for (target, name, labels), value in seen.items():
        of = dict(labels)
        if target[0] == service and name.startswith("http_request"):
            route = of["route"]
            failed = name == "http_requests_total" and of["code"].startswith("5")
            late = {"+Inf": 1, "1": -1}.get(of.get("le", ""), 0)
            asked[route] = asked.get(route, 0) + value * (name == "http_request_duration_seconds_count")
            bad[route] = bad.get(route, 0) + value * (failed + late)
    return {route: bad[route] / count for route, count in asked.items()}
