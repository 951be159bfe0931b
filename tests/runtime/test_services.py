"""What the engine's list says of a container, as a learner reads it."""

from __future__ import annotations

from typing import Any

from kikori.runtime.services import _service_of


def row(*ports: dict[str, Any]) -> dict[str, Any]:
    labels = {"com.docker.compose.service": "history"}
    return {"Labels": labels, "State": "running", "Status": "Up 3 seconds (healthy)", "Ports": list(ports)}


def test_addresses_come_in_the_order_of_the_ports_inside() -> None:
    rules = {"IP": "127.0.0.1", "PrivatePort": 9091, "PublicPort": 33285, "Type": "tcp"}
    graphs = {"IP": "127.0.0.1", "PrivatePort": 9090, "PublicPort": 33286, "Type": "tcp"}
    hidden = {"PrivatePort": 80, "Type": "tcp"}
    for ports in ((rules, hidden, graphs), (graphs, rules, hidden)):
        assert _service_of(row(*ports)).addresses == ("127.0.0.1:33286", "127.0.0.1:33285")
