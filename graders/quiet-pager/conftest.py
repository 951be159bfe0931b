"""What the lab's own tools say about the pager that is deployed: they run in Prometheus's container."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kikori.grading import Scene

Tool = Callable[[str], Any]
TOOLS = {"unseen": "python3 /opt/nights/lib/unseen.py"}
"""Those that are not for the learner to try."""


@pytest.fixture(scope="module")
def tool(scene: Scene) -> Tool:
    """A tool's answer; text where it could not be given."""

    def said(name: str) -> Any:
        done = scene.host("prometheus").run(f"{TOOLS.get(name) or f'/opt/nights/bin/{name}'} --json")
        return json.loads(done.stdout) if done.rc == 0 else (done.stderr or done.stdout).strip()[-300:]

    return said


@pytest.fixture(scope="module")
def week(tool: Tool) -> dict[str, dict[str, Any]] | str:
    """The replayed nights by name."""
    seen = tool("replay")
    return seen if isinstance(seen, str) else {night["night"]: night for night in seen}


@pytest.fixture(scope="module")
def unseen(tool: Tool) -> dict[str, dict[str, Any]] | str:
    """Nights that the learner has not seen, by name."""
    seen = tool("unseen")
    return seen if isinstance(seen, str) else {night["night"]: night for night in seen}


@pytest.fixture(scope="module")
def pages(tool: Tool) -> list[dict[str, Any]]:
    """The alerts that wake somebody."""
    seen = tool("what-pages")
    return [] if isinstance(seen, str) else list(seen)
