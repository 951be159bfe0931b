"""Prometheus as a check asks it, over its own API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kikori.errors import OurFault
from kikori.grading.scene import Scene
from kikori.grading.texts import eventually

ANSWERS = 15
"""Seconds in which it has to answer at all."""


class Refused(Exception):
    """Prometheus has something against a question, such as an expression that it can't parse; says what."""


class Prometheus:
    """The Prometheus of a service."""

    def __init__(self, scene: Scene, service: str = "prometheus", port: int | None = None) -> None:
        self._scene, self._service, self._port = scene, service, port

    def query(self, expression: str, **words: object) -> list[dict[str, Any]]:
        """What an expression gives now, or at ``time``: each series with its labels and its value.

        Raises:
            Refused: the expression is none.
            OurFault: Prometheus does not answer.
        """
        return list(self.ask("/api/v1/query", {"query": expression, **words})["result"])

    def query_range(self, expression: str, *, start: float, end: float, step: float = 1.0) -> list[dict[str, Any]]:
        """What an expression gives from ``start`` to ``end``, in seconds since 1970: each series with its values.

        Raises:
            Refused: the expression is none.
            OurFault: Prometheus does not answer.
        """
        asked = {"query": expression, "start": start, "end": end, "step": step}
        return list(self.ask("/api/v1/query_range", asked)["result"])

    def rules(self) -> list[dict[str, Any]]:
        """Its groups of rules, each rule with its health and its alerts.

        Raises:
            OurFault: Prometheus does not answer.
        """
        return list(self.ask("/api/v1/rules", {})["groups"])

    def ask(self, path: str, words: Mapping[str, object]) -> Any:
        """The data that it answers with.

        Raises:
            Refused: it has something against the question.
            OurFault: it does not answer.
        """
        answer = eventually(
            lambda: self._scene.get(self._service, path, self._port, params=dict(words)),
            lambda seen: seen.status != 0,
            within=ANSWERS,
            every=0.5,
        )
        try:
            told = json.loads(answer.text)
        except ValueError:
            raise OurFault(f"{self._service} does not answer as Prometheus does: {answer}", "kikori status") from None
        if told.get("status") != "success":
            raise Refused(str(told.get("error")))
        return told["data"]
