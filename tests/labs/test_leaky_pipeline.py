"""Who gets as far as the counter's programs, and what its page of metrics tells. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from kikori.engine.outside import File
from lab_modules import modules_of

HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n"
LISTENS = HEAD + "".join(
    f"   {at}: {local} 00000000:0000 {state} 00000000:00000000\n"
    for at, (local, state) in enumerate(
        [("00000000:1F90", "0A"), ("0100007F:20ED", "0A"), ("0B00007F:8F01", "0A"), ("00000000:20EE", "0A"),
         ("0200A8C0:20EF", "01")]
    )
)  # fmt: skip
LISTENS_6 = (
    HEAD + "   0: 00000000000000000000000001000000:20ED 00000000000000000000000000000000:0000 0A 0:0\n"
    "   1: 0000000000000000FFFF00000100007F:20EE 00000000000000000000000000000000:0000 0A 0:0\n"
    "   2: 00000000000000000000000000000000:20EF 00000000000000000000000000000000:0000 0A 0:0\n"
)
DATAGRAMS = (
    HEAD + "   0: 00000000:0202 00000000:0000 07 0:0\n   1: 0200A8C0:D431 0300A8C0:0035 01 0:0\n"
    "   2: 0100007F:0203 00000000:0000 07 0:0\n"
)
UNIX = (
    "Num       RefCount Protocol Flags    Type St Inode Path\n"
    "0000000000000000: 00000002 00000000 00010000 0001 01 4711 /run/agent/events.sock\n"
    "0000000000000000: 00000003 00000000 00000000 0001 03 4712\n"
    "0000000000000000: 00000002 00000000 00010000 0001 01 4713 @by name\n"
)
PAGE = """# TYPE http_requests_total counter
http_requests_total{service="counter",route="/telegrams",method="POST",code="201"} 40
http_requests_total{by="browser",code="201",method="POST",route="/telegrams",service="counter"} 1e+02
http_requests_total{service="counter",route="/telegrams",method="POST",code="503"} 7
http_requests_total{service="counter",route="/",method="GET",code="200"} 9
"""


@pytest.fixture
def load() -> Iterator[Any]:
    with modules_of(paths.ROOT / "graders" / "leaky-pipeline") as load:
        yield load


def test_only_what_other_computers_reach_is_found(load: Any) -> None:
    reach = load("reach")
    assert reach.from_outside("tcp", LISTENS) == {("tcp", 0x1F90), ("tcp", 0x20EE)}
    assert reach.from_outside("tcp", LISTENS_6) == {("tcp", 0x20EF)}
    assert reach.from_outside("udp", DATAGRAMS) == {("udp", 0x202)}


def scene(folder: int, socket: int, table: str = UNIX) -> SimpleNamespace:
    modes = {"/": 0o755, "/run": 0o755, "/run/agent": folder}
    door = File(path="/run/agent/events.sock", kind="other", mode=socket, owner=1, group=2, size=0)
    beside = SimpleNamespace(
        network=lambda _: table,
        files=lambda *_: (door,),
        at=lambda *some: tuple(
            File(path=one, kind="folder", mode=modes[one], owner=0, group=0, size=0) for one in some if one in modes
        ),
    )
    return SimpleNamespace(sidecar=lambda _: beside)


@pytest.mark.parametrize(
    ("folder", "socket", "found"), [(0o750, 0o666, False), (0o755, 0o666, True), (0o755, 0o660, False)]
)
def test_a_socket_is_open_with_the_folders_above_it(load: Any, folder: int, socket: int, found: bool) -> None:
    doors = load("reach").doors_for_all(scene(folder, socket, UNIX.replace("@by name", "")))
    assert bool(doors) is found


def test_a_name_in_no_folder_is_open_to_all(load: Any) -> None:
    assert load("reach").doors_for_all(scene(0o750, 0o660)) == [("@by name", 0o777)]


def test_the_page_counts_the_accepted_ones_whatever_labels_they_have(load: Any) -> None:
    assert load("operations").accepted_by(PAGE) == 140
