"""What a check reads of Prometheus' own answers."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Prometheus, Refused


def prometheus(text: str, status: int = 200) -> tuple[Prometheus, list[tuple[Any, ...]]]:
    asked: list[tuple[Any, ...]] = []

    def get(service: str, path: str, port: int | None, params: dict[str, object]) -> Answer:
        asked.append((service, path, port, params))
        return Answer(status=status, text=text)

    return Prometheus(SimpleNamespace(get=get), "metrics", 9090), asked  # type: ignore[arg-type]


def test_series_come_with_their_labels() -> None:
    told = {"status": "success", "data": {"resultType": "vector", "result": [{"metric": {}, "value": [1, "2"]}]}}
    one, asked = prometheus(json.dumps(told))
    assert one.query("up", time=7) == [{"metric": {}, "value": [1, "2"]}]
    assert one.query_range("up", start=1, end=3) == told["data"]["result"]  # type: ignore[index]
    assert asked[0] == ("metrics", "/api/v1/query", 9090, {"query": "up", "time": 7})
    assert asked[1][3] == {"query": "up", "start": 1, "end": 3, "step": 1.0}


def test_rules_come_by_group() -> None:
    one, _ = prometheus('{"status": "success", "data": {"groups": [{"name": "shop"}]}}')
    assert one.rules() == [{"name": "shop"}]


def test_an_expression_that_is_none_is_refused_in_its_words() -> None:
    one, _ = prometheus('{"status": "error", "errorType": "bad_data", "error": "parse error"}', 400)
    with pytest.raises(Refused, match="parse error"):
        one.query("up{")


def test_another_program_is_no_verdict() -> None:
    one, _ = prometheus("<html>", 200)
    with pytest.raises(OurFault, match="metrics does not answer as Prometheus does"):
        one.query("up")
