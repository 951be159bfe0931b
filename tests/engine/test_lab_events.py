"""The record of a service is a stranger's file: its lines are events, or they are left out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import host
from kikori.content import Catalog
from kikori.engine.client import client
from kikori.engine.inspection.lab_events import MOST_BYTES, Recorded, parsed, recorded_in
from kikori.engine.scratch import scratch
from kikori.model.incident import LAST, LONGEST, EventKind, EventSource, LabEvent

if TYPE_CHECKING:
    from docker.models.containers import Container

SOURCE = EventSource(service="pager", path="/var/lib/pager/record", kind=EventKind.PAGER)
GOOD = b'{"at": 5.5, "en": "page: orders fail", "ja": "\xe6\xb3\xa8\xe6\x96\x87"}\n'
EVENT = LabEvent(kind=EventKind.PAGER, at=5.5, en="page: orders fail", ja="注文")


def test_lines_are_events_with_their_kind() -> None:
    found = parsed(GOOD + b'{"at": 1, "en": "x"}\n\n', SOURCE)
    assert found == Recorded(events=(EVENT, LabEvent(kind=EventKind.PAGER, at=1.0, en="x")))


@pytest.mark.parametrize("end", [b'{"at": 6, "en": "half', b'{"at": 6, "en": "whole, but not ended"}', b"\xe6"])
def test_line_that_is_still_being_written_is_left_for_the_next_time(end: bytes) -> None:
    assert parsed(GOOD + end, SOURCE) == Recorded(events=(EVENT,))


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b"[]",
        b"{}",
        b'{"en": "no time"}',
        b'{"at": 1}',
        b'{"at": "1", "en": "x"}',
        b'{"at": true, "en": "x"}',
        b'{"at": NaN, "en": "x"}',
        b'{"at": -1, "en": "x"}',
        b'{"at": 1e400, "en": "x"}',
        json.dumps({"at": LAST + 1, "en": "x"}).encode(),
        b'{"at": 1, "en": ""}',
        b'{"at": 1, "en": 5}',
        json.dumps({"at": 1, "en": "x" * (LONGEST + 1)}).encode(),
        json.dumps({"at": 1, "en": "x", "ja": "x" * (LONGEST + 1)}).encode(),
        b'{"at": 1, "en": "x", "kind": "customers"}',
        b'{"at": 1, "en": "x", "verdict": "passed"}',
        b'{"at": 1, "en": "\xff"}',
        b'{"at": 1, "en": "\\ud800"}',
        b'{"at": 1, "en": ' + b"[" * 100_000,
    ],
)
def test_line_that_is_no_event_is_counted_and_left_out(line: bytes) -> None:
    found = parsed(GOOD + line + b"\n" + GOOD, SOURCE)
    assert found == Recorded(events=(EVENT, EVENT), damaged=1)


@pytest.mark.parametrize("path", ["record", "/", "/a/../b", "/./a", "/a//b", "/a/", "/a b", "/a\n", "/.a", "/é", ""])
def test_path_that_is_not_plain_is_no_source(path: str) -> None:
    import msgspec

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"service": "a", "path": path, "kind": "pager"}, EventSource)


Put = Callable[[str], "Container"]


@pytest.fixture
def put(tmp_path: Path) -> Iterator[Put]:
    """A container in which a shell line was run."""
    host.ready()
    lab = Catalog().lab("first-look")
    with scratch(lab, "events", workspace=tmp_path) as project:
        project.up()

        def run(line: str) -> Container:
            made = project.container("web")
            assert made.exec_run(["sh", "-c", line], user="0").exit_code == 0
            return client().containers.get(made.id or "")

        yield run


@pytest.mark.docker
def test_record_is_read_from_outside_whatever_lies_there(put: Put) -> None:
    path = SOURCE.path
    assert recorded_in(put("true"), SOURCE) is None
    line = '{"at": 5.5, "en": "page: orders fail"}'
    container = put(f"mkdir -p /var/lib/pager && printf '%s\\n' '{line}' > {path}")
    found = recorded_in(container, SOURCE)
    assert found is not None
    assert [one.en for one in found.events] == ["page: orders fail"]
    for other in (
        f"ln -sf /etc/passwd {path}",
        f"rm {path} && mkfifo {path}",
        f"rm {path} && mkdir {path}",
        f"rmdir {path} && truncate -s 1T {path}",
        f"rm {path} && head -c {MOST_BYTES + 1} /dev/zero > {path}",
    ):
        assert recorded_in(put(other), SOURCE) is None, other
