"""The engine's stream of chunks, read as a file; and what tells that a container never had a fault."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable

import pytest

from kikori import host
from kikori.engine.client import client
from kikori.engine.inspection.archive_stream import Chunks
from kikori.engine.inspection.filesystem_diff import (
    EndState,
    capture_paths,
    capture_volume,
    differences,
    file_of,
    member_of,
    take_away,
    untouched,
)
from kikori.engine.services import hold_processes, kill
from kikori.errors import KikoriError
from kikori.host.base_image import IMAGE


def chunks(*parts: bytes) -> Chunks:
    return Chunks(iter(parts))


def test_read_crosses_the_borders_of_chunks() -> None:
    file = chunks(b"ab", b"cde", b"f")
    assert [file.read(1), file.read(3), file.read(10), file.read(1)] == [b"a", b"bcd", b"ef", b""]


@pytest.mark.parametrize("parts", [(b"ab", b"", b"cd"), (b"abcd",), (b"a", b"b", b"c", b"d")])
def test_everything_is_read_where_no_size_is_given(parts: tuple[bytes, ...]) -> None:
    assert chunks(*(part for part in parts if part)).read() == b"abcd"


def test_no_more_is_taken_from_the_engine_than_is_asked_for() -> None:
    stream = iter([b"abc", b"def", b"ghi"])
    assert Chunks(stream).read(2) == b"ab"
    assert next(stream) == b"def"


def test_no_chunk_at_all_is_an_empty_file() -> None:
    assert chunks().read(5) == b""


def test_read_of_nothing_takes_nothing() -> None:
    file = chunks(b"ab")
    assert (file.read(0), file.read(2)) == (b"", b"ab")


@pytest.mark.parametrize("size", [1, 7, 512, 100_000])
def test_archive_is_read_from_chunks_of_any_size(size: int) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo("etc/motd")
        member.size = 3000
        archive.addfile(member, io.BytesIO(b"x" * 3000))
    data = packed.getvalue()
    file = chunks(*(data[start : start + size] for start in range(0, len(data), size)))
    with tarfile.open(fileobj=file, mode="r|") as archive:
        first = archive.next()
        assert first
        content = archive.extractfile(first)
        assert content
        assert content.read() == b"x" * 3000


@pytest.mark.docker
def test_what_is_too_large_to_take_is_refused_and_holds_nobody() -> None:
    host.ready()
    container = client().containers.create(IMAGE, ["sh", "-c", "truncate -s 1G /srv/big; exec sleep 300"])
    try:
        container.start()
        while container.exec_run(["test", "-s", "/srv/big"]).exit_code:
            pass
        for take in (lambda: capture_paths(container, ["/srv/big"]), lambda: capture_volume(container, "/srv")):
            container.pause()
            try:
                with pytest.raises(KikoriError, match="over 256 MiB"):
                    _held_by(container.unpause, take)
            finally:
                container.reload()
                assert container.status == "running"
    finally:
        container.remove(force=True)


@pytest.mark.docker
def test_folder_on_which_a_volume_lies_is_no_file_of_the_service() -> None:
    host.ready()
    volume = client().volumes.create()
    container = client().containers.create(
        IMAGE, ["sh", "-c", "echo own > /srv/own; exec sleep 300"], volumes={volume.name: {"bind": "/srv/live"}}
    )
    try:
        container.start()
        while container.exec_run(["test", "-s", "/srv/own"]).exit_code:
            pass
        container.reload()
        present, gone = differences(container)
        assert "/srv/own" in present
        assert "/srv/live" not in present
        assert not gone
    finally:
        container.remove(force=True)
        volume.remove()


PLANTS = "while :; do [ -e /srv/planted ] || echo x > /srv/planted; done & echo own > /srv/own; wait"


@pytest.mark.docker
def test_what_a_job_plants_again_and_again_is_taken_away() -> None:
    host.ready()
    container = client().containers.create(IMAGE, ["sh", "-c", PLANTS])
    try:
        container.start()
        while container.exec_run(["test", "-s", "/srv/planted", "-a", "-s", "/srv/own"]).exit_code:
            pass
        hold_processes(container)
        take_away(container, state(gone=("/srv/planted",)), {})
        kill(container)
        kill(container)
        hold_processes(container)
        container.wait()
        assert member_of(container, "/srv/planted", 10) is None
        assert file_of(container, "/srv/own", 10) == b"own\n"
    finally:
        container.remove(force=True)


def _held_by(release: Callable[[], None], take: Callable[[], object]) -> None:
    """Take files of a container, and release it while what was refused is still told."""
    try:
        take()
    finally:
        release()


def state(*present: str, gone: tuple[str, ...] = ()) -> EndState:
    with io.BytesIO() as empty:
        tarfile.open(fileobj=empty, mode="w").close()
        return EndState(present=present, gone=gone, files=empty.getvalue())


CALM = {"/etc": 0, "/etc/app.state": 0}
BROKEN = CALM | {"/etc/app.conf": 0, "/srv/new": 1, "/var/log": 0, "/var/log/app.log": 0}


@pytest.mark.parametrize(
    ("end", "missing"),
    [
        (state(), ["/etc/app.conf"]),
        (state("/etc", "/etc/app.state"), ["/etc/app.conf"]),
        (state("/etc", "/etc/app.conf"), []),
        (state("/etc", gone=("/etc/app.conf",)), []),
        (state(gone=("/etc",)), []),
    ],
)
def test_only_what_a_fault_did_tells_that_a_container_never_had_it(end: EndState, missing: list[str]) -> None:
    assert untouched(CALM, BROKEN, end) == missing
