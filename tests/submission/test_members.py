"""What a stranger's tar may have written to this machine, whatever Python's own tarfile would do with it."""

from __future__ import annotations

import os
import random
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori.submission import unpack
from kikori.submission.format import (
    MOST_DEPTH,
    MOST_FILES,
    MOST_RECORDS,
    MOST_WORKSPACE_BYTES,
    MOST_WORKSPACE_FILES,
    Refused,
)
from kikori.submission.pack import workspace_tar
from kikori.submission.tar_reader import Damaged, read_tar
from kikori.submission.tar_writer import host_members, write_members
from kikori.submission.unpack import clean_tar, write_workspace

from .conftest import Members, Submitted
from .raw import block, chain, file, folder, link, long, pax, record, whole

LONGEST = 5.0
"""Seconds of processor in which each is refused."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder that is not there yet; beside it there is one in which nothing may appear."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "there").write_text("as it was\n", encoding="utf-8")
    yield tmp_path / "in" / "workspace"
    assert [path.name for path in (tmp_path / "outside").iterdir()] == ["there"]
    assert (tmp_path / "outside" / "there").read_text(encoding="utf-8") == "as it was\n"
    assert not (tmp_path / "written").exists()


OUT = b"../../outside"
HOSTILE: dict[str, tuple[bytes, str]] = {
    "chain of CVE-2025-4517": (chain("../outside"), "'dddddddd"),
    "short chain": (chain("../outside", depth=3, length=20), "'a'"),
    "chain over a file": (chain("../outside", "there"), "'dddddddd"),
    "file below a link": (whole(link(b"out", OUT), file(b"out/x")), "'out/x' stands below 'out'"),
    "link after the file below it": (whole(file(b"out/x"), link(b"out", OUT)), "'out/x' stands below 'out'"),
    "far below a link": (whole(link(b"a", b"."), file(b"a!"), file(b"a/b/c/x")), "'a/b/c/x' stands below 'a'"),
    "folder, then a link of its name": (whole(folder(b"d"), link(b"d", OUT), file(b"d/x")), "of the name 'd'"),
    "folder with a slash, then a link": (whole(folder(b"d/"), link(b"d", OUT)), "of the name 'd'"),
    "file twice": (whole(file(b"a"), file(b"a")), "of the name 'a'"),
    "file twice, once with a dot": (whole(file(b"a"), file(b"./a")), "of the name './a'"),
    "file below a file": (whole(file(b"a"), file(b"a/b")), "'a/b' stands below 'a', which is a file"),
    "link to a link and up": (whole(folder(b"d"), link(b"e", b"d"), link(b"f", b"e/../..")), "'f' is a link through"),
    "link through a link": (whole(folder(b"d/e"), link(b"s", b"d/e"), link(b"x", b"s/../../..")), "'x' is a link thr"),
    "link to itself": (whole(link(b"a", b"a")), "'a' is a link that leads back to itself"),
    "loop of links": (whole(link(b"a", b"b"), link(b"b", b"c"), link(b"c", b"a")), "leads back to itself"),
    "absolute link": (whole(link(b"a", b"/etc/passwd")), "'a' is a link out of its folder"),
    "link that climbs": (whole(link(b"a", b"..")), "'a' is a link out of its folder"),
    "link that climbs later": (whole(link(b"a", b"b/../../x")), "'a' is a link out of its folder"),
    "link that climbs in the end": (whole(link(b"a/b", b"../c/../..")), "'a/b' is a link out of its folder"),
    "link to nothing": (whole(link(b"a", b"")), "'a' is a link to no name"),
    "link with NUL": (whole(pax(record(b"linkpath", b"a\0b")) + link(b"a", b"c")), "'a' is a link to no name"),
    "link over 1,024 bytes": (whole(pax(record(b"linkpath", b"a/" * 600)) + link(b"a", b"c")), "'a' has a path of"),
    "link with a name over 255": (whole(pax(record(b"linkpath", b"a" * 256)) + link(b"a", b"c")), "'a' has a name of"),
    "absolute file": (whole(file(b"/etc/x")), "'/etc/x' leads out of its folder"),
    "file that climbs": (whole(file(b"../../outside/x")), "'../../outside/x' leads out of its folder"),
    "file that climbs later": (whole(file(b"a/../../../outside/x")), "leads out of its folder"),
    "file that climbs after a dot": (whole(file(b"./../x")), "'./../x' leads out of its folder"),
    "name over 255": (whole(long(b"n" * 256, file(b"n"))), "has a name of more than 255 bytes"),
    "name over 255 in UTF-8": (whole(long("斧".encode() * 86, file(b"n"))), "has a name of more than 255 bytes"),
    "path over 1,024": (whole(long(b"/".join([b"p" * 200] * 6), file(b"n"))), "1205 bytes; at most 1024"),
    "too deep": (whole(long(b"d/" * MOST_DEPTH + b"x", file(b"n"))), f"more than {MOST_DEPTH} folders above"),
    "folder itself": (whole(folder(b".")), "'.' is the folder itself"),
    "folder itself with a slash": (whole(folder(b"./")), "'./' is the folder itself"),
    "folder itself as a link": (whole(link(b".", OUT)), "'.' is no name of a file"),
    "no name": (whole(file(b"")), "'' is no name of a file"),
    "no name in a record": (whole(long(b"", file(b"a"))), "'' is no name of a file"),
    "root": (whole(folder(b"/")), "'/' leads out of its folder"),
    "NUL in a name": (whole(file(b"a\0b")), r"'a\x00b' is no plain path"),
    "NUL in a record": (whole(long(b"a\0/../x", file(b"a"))), "leads out of its folder"),
    "slash after a file": (whole(file(b"a/")), "'a/' is no plain path"),
    "slash after an old file": (whole(block(b"a/", b"\0")), "'a/' is no plain path"),
    "two slashes": (whole(file(b"a//b")), "'a//b' is no plain path"),
    "two slashes after a folder": (whole(folder(b"a//")), "'a//' is no plain path"),
    "dot within": (whole(file(b"a/./b")), "'a/./b' is no plain path"),
    "hard link": (whole(file(b"a"), block(b"b", b"1", link=OUT + b"/there")), "'b' is neither a plain file"),
    "hard link to a member": (whole(link(b"a", OUT), block(b"b", b"1", link=b"a")), "'b' is neither a plain file"),
    "character device": (whole(block(b"null", b"3")), "'null' is neither a plain file"),
    "block device": (whole(block(b"disk", b"4")), "'disk' is neither a plain file"),
    "pipe": (whole(block(b"pipe", b"6")), "'pipe' is neither a plain file"),
    "name of GNU": (whole(block(b"././@LongLink", b"L", 512) + b"a" * 512, file(b"a")), "is neither a plain file"),
    "content of a folder": (whole(block(b"d", b"5", 512) + file(b"x")[:512]), "'d' is no plain file, yet"),
    "content of a link": (whole(block(b"d", b"2", 512, link=b"a") + file(b"x")[:512]), "'d' is no plain file, yet"),
    "record nobody knows": (whole(pax(record(b"KIKORI.run", b"x")) + file(b"a")), "'a' has a record that no"),
    "sparse": (whole(pax(record(b"GNU.sparse.size", b"9")) + file(b"a")), "'a' is neither a plain file"),
    "records before records": (whole(pax(record(b"path", b"a")) * 2 + file(b"b")), "is neither a plain file"),
    "common records later": (
        whole(file(b"a"), pax(record(b"path", b"a"), b"g"), file(b"b")),
        "is neither a plain file",
    ),
}
DAMAGED: dict[str, bytes] = {
    "nothing": b"",
    "no end": file(b"a"),
    "end within a file": block(b"a", b"0", 600) + b"x" * 512,
    "end within a header": whole(file(b"a"))[:-1000],
    "checksum": whole(block(b"a").replace(b"a", b"b", 1)),
    "another format": whole(block(b"a").replace(b"ustar\x0000", b"ustar  \0")),
    "size of GNU": whole(block(b"a")[:124] + b"\x80" + bytes(10) + b"\x08" + block(b"a")[136:]),
    "records before nothing": whole(pax(record(b"path", b"a"))),
    "records without end": whole(pax(b"9" * (MOST_RECORDS + 1)), file(b"a")),
    "digits without end": whole(pax(b"9" * MOST_RECORDS), file(b"a")),
    "record over its end": whole(pax(b"99 path=a\n"), file(b"a")),
    "record without an end of line": whole(pax(b"8 path=a"), file(b"a")),
    "record without a value": whole(pax(b"7 path\n"), file(b"a")),
    "record of length zero": whole(pax(b"0 path=a\n"), file(b"a")),
    "record twice": whole(pax(record(b"path", b"a") * 2), file(b"a")),
    "records without number": whole(pax(b"".join(record(b"SCHILY.xattr.%d" % n, b"") for n in range(40))), file(b"a")),
    "negative size": whole(pax(record(b"size", b"-512")), file(b"a")),
    "size of ten gigabytes": whole(pax(record(b"size", b"10000000000")), file(b"a")),
    "time without end": whole(pax(record(b"mtime", b"inf")), file(b"a")),
    "time that takes long to read": whole(pax(record(b"mtime", b"1" * 5000)), file(b"a")),
    "owner that nobody can be": whole(pax(record(b"uid", b"99999999999")), file(b"a")),
}


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_hostile_workspace_is_refused_and_nothing_is_written(
    submitted: Submitted, members: Members, place: Path, case: tuple[bytes, str]
) -> None:
    data, told = case
    began = time.process_time()
    with pytest.raises(Refused) as caught:
        write_workspace(unpack(submitted(members | {"workspace.tar": data})).workspace or b"", place)
    assert told in caught.value.message
    assert len(caught.value.message) < 1000
    assert time.process_time() - began < LONGEST
    assert not place.parent.exists()


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE)
def test_hostile_tar_is_not_written_by_who_forgot_to_clean_it(place: Path, case: tuple[bytes, str]) -> None:
    with pytest.raises(Refused, match="the workspace"):
        write_workspace(case[0], place)
    assert not place.exists()


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_damaged_tar_is_refused_and_nothing_is_written(place: Path, data: bytes) -> None:
    with pytest.raises(Damaged):
        clean_tar(data)
    with pytest.raises(Refused, match="the workspace is damaged: "):
        write_workspace(data, place)
    assert not place.exists()


# --- the descriptors, should a name have been judged wrongly


@pytest.mark.parametrize(
    "name",
    [
        "chain of CVE-2025-4517",
        "chain over a file",
        "short chain",
        "link after the file below it",
        "file twice",
        "file that climbs",
        "file that climbs later",
        "folder itself",
        "no name",
        "absolute file",
    ],
)
def test_nothing_is_written_outside_even_where_no_name_was_judged(place: Path, name: str) -> None:
    with pytest.raises(OSError, match=r"File exists|leads elsewhere|Not a directory|Too many levels"):
        write_members(list(read_tar(HOSTILE[name][0])), place)
    assert not place.exists()


def test_folder_that_somebody_swaps_for_a_link_is_not_entered(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def swapped(name: bytes, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        if dir_fd is None:
            real(name, mode)
        else:
            os.symlink(os.fsencode(tmp_path / "outside"), name, dir_fd=dir_fd)
            raise FileExistsError

    members = host_members(whole(file(b"d/x")))
    monkeypatch.setattr(os, "mkdir", swapped)
    with pytest.raises(OSError, match=r"Not a directory|Too many levels"):
        write_members(members, place)


def test_folder_that_is_there_is_neither_written_to_nor_removed(place: Path) -> None:
    place.mkdir(parents=True)
    (place / "mine").touch()
    with pytest.raises(Refused, match="the workspace can't be written: File exists"):
        write_workspace(whole(file(b"a")), place)
    assert [path.name for path in place.iterdir()] == ["mine"]


def test_disk_that_runs_full_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kikori.submission.tar_writer.os.fchmod", full)
    with pytest.raises(Refused, match="the workspace can't be written: No space left on device"):
        write_workspace(whole(file(b"a"), folder(b"d")), place)
    assert not place.exists()


# --- bombs


def refused_cheaply(data: bytes) -> str:
    """What is said of a tar that has to be refused in little time and memory."""
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises((Refused, Damaged)) as caught:
            clean_tar(data)
        assert time.process_time() - began < LONGEST
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()
    return str(caught.value)


BOMBS: dict[str, tuple[bytes, str]] = {
    "many digits": (whole(pax(b"1" * 600_000), file(b"a")), "600000 bytes of records before a member"),
    "many short records": (whole(pax(record(b"a", b"b") * 20_000), file(b"a")), "bytes of records before a member"),
    "many headers of records": (whole(pax(record(b"path", b"a")) * 20_000), "is neither a plain file"),
    "many long names of GNU": (whole((block(b"l", b"L", 512) + b"a" * 512) * 20_000), "is neither a plain file"),
    "many common records": (whole(pax(record(b"path", b"a"), b"g") * 20_000), "is neither a plain file"),
    "many files": (whole(*(block(b"%d" % number) for number in range(MOST_FILES + 1))), "more than 20000 files"),
    "one long name of GNU": (whole(block(b"l", b"L", 2**22) + b"a" * 2**22, file(b"a")), "is neither a plain file"),
}


@pytest.mark.slow
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_headers_without_end_cost_little(bomb: tuple[bytes, str]) -> None:
    data, told = bomb
    assert told in refused_cheaply(data)


@pytest.mark.slow
def test_as_many_files_with_as_long_records_as_are_allowed_are_read_in_bounded_time() -> None:
    value = b"v" * 800
    records = b"".join(record(b"SCHILY.xattr.%d" % number, value) for number in range(8))
    deep = [b"/".join([b"d"] * 500) + b"/%d" % number for number in range(5000)]
    began = time.process_time()
    cleaned = clean_tar(whole(*(pax(records + record(b"path", name)) + block(b"n") for name in deep)))
    assert time.process_time() - began < 2 * LONGEST
    assert sum(1 for _ in read_tar(cleaned)) == len(deep)


def test_more_files_than_a_workspace_has_are_refused(submitted: Submitted, members: Members) -> None:
    many = whole(*(block(b"%d" % number) for number in range(MOST_WORKSPACE_FILES + 1)))
    with pytest.raises(Refused, match=f"more than {MOST_WORKSPACE_FILES} files"):
        unpack(submitted(members | {"workspace.tar": many}))
    assert len(many) < MOST_WORKSPACE_BYTES


# --- what is no attack


@pytest.mark.parametrize("mode", [0o4755, 0o2755, 0o1755, 0o6777])
def test_bits_that_run_a_file_as_somebody_else_are_not_written(place: Path, mode: int) -> None:
    write_workspace(clean_tar(whole(file(b"tool", mode=mode))), place)
    assert (place / "tool").stat().st_mode & 0o7777 == 0o755


@pytest.mark.parametrize(("mode", "written"), [(0o640, 0o640), (0o664, 0o644), (0o000, 0o600), (0o455, 0o644)])
def test_mode_of_a_file_is_kept_as_far_as_it_harms_nobody(place: Path, mode: int, written: int) -> None:
    write_workspace(clean_tar(whole(file(b"a", mode=mode))), place)
    assert (place / "a").stat().st_mode & 0o7777 == written


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder as a learner may have one."""
    folder = tmp_path / "learner"
    deep = folder.joinpath(*["deep"] * 40)
    deep.mkdir(parents=True)
    (deep / "x").write_bytes(b"far down\n")
    (folder / "斧").mkdir()
    (folder / "斧" / "研ぐ.txt").write_text("研いだ\n", encoding="utf-8")
    (folder / os.fsdecode(b"\xe9t\xe9")).touch()
    (folder / ("n" * 255)).touch()
    (folder / "empty").mkdir()
    (folder / "run").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "run").chmod(0o755)
    (folder / "secret").touch(0o600)
    (folder / "libfoo.so.1").symlink_to("libfoo.so.1.2")
    (folder / "libfoo.so").symlink_to("libfoo.so.1")
    (folder / "libfoo.so.1.2").write_bytes(bytes(range(256)) * 10)
    (folder / "斧" / "up").symlink_to("../run")
    (folder / "here").symlink_to(".")
    (folder / "folder").symlink_to("deep/deep")
    os.utime(folder / "run", (1_000_000_000.25, 1_000_000_000.25))
    return folder


def described(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every path of a folder with what it is."""
    found: dict[str, tuple[object, ...]] = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = ("link", path.readlink())
        elif path.is_dir():
            found[name] = ("folder",)
        else:
            found[name] = (path.read_bytes(), path.stat().st_mode & 0o777, path.stat().st_mtime)
    return found


def test_workspace_comes_back_as_it_was(submitted: Submitted, members: Members, workspace: Path, place: Path) -> None:
    found = unpack(submitted(members | {"workspace.tar": workspace_tar(workspace)})).workspace
    assert found is not None
    write_workspace(found, place)
    assert described(place) == described(workspace)
    assert clean_tar(found) == found


def test_what_git_and_docker_write_is_read() -> None:
    """Git names the commit in a common record, Docker begins with the folder itself and keeps capabilities."""
    commit = pax(record(b"comment", b"0" * 40), b"g")
    capable = pax(record(b"SCHILY.xattr.security.capability", b"\1\0\0\2" + bytes(16)))
    split = block(b"b")[:345] + b"a" * 100 + block(b"b")[445:]
    split = split[:148] + b"%06o\0 " % (sum(split[:148]) + 256 + sum(split[156:])) + split[156:]
    found = list(read_tar(whole(commit, folder(b"./"), capable + file(b"./data"), split)))
    assert [member.path for member in found] == ["", "data", f"{'a' * 100}/b"]
    assert [bytes(member.data) for member in found] == [b"", b"x", b""]


def test_link_of_a_container_may_lead_anywhere_but_nothing_stands_below_it() -> None:
    assert clean_tar(whole(link(b"etc/localtime", b"/usr/share/zoneinfo/UTC"), folder(b"./")))
    with pytest.raises(Refused, match="'etc/x/y' stands below 'etc/x', which is a link"):
        clean_tar(whole(link(b"etc/x", b"/"), file(b"etc/x/y")))


@pytest.mark.parametrize("where", ["services/orders.tar", "volumes/orders.tar"])
@pytest.mark.parametrize("name", [b"n" * 256, b"/".join([b"p" * 200] * 6)])
def test_long_names_are_refused_in_a_container_too(
    submitted: Submitted, members: Members, where: str, name: bytes
) -> None:
    with pytest.raises(Refused, match=r"has a (name|path) of"):
        unpack(submitted(members | {where: whole(long(name, file(b"n")))}))


PARTS = [b"a", b"b", b"c", b"..", b".", b"", b"n" * 255, b"n" * 256, b"\xff", "斧".encode()]
KINDS = [b"0", b"0", b"2", b"2", b"5", b"5", b"\0", b"1", b"3", b"x", b"g", b"L", b"Z"]


def anything(chance: random.Random) -> bytes:
    """A tar of a few members with names, kinds and links by chance."""

    def path(most: int = 4) -> bytes:
        return b"/".join(chance.choices(PARTS, [9, 9, 9, 1, 1, 1, 1, 1, 1, 3], k=chance.randint(1, most)))

    parts = []
    for _ in range(chance.randint(1, 6)):
        kind = chance.choice(KINDS[: 6 if chance.random() < 0.9 else None])
        size = chance.choice([0, 0, 3, 512]) if kind == b"0" else 0
        records = record(b"path", path()) + record(b"linkpath", path(6))
        parts.append(
            pax(records)
            + block(b"n", kind, size, link=b"l", mode=chance.getrandbits(12))
            + bytes(-(-size // 512) * 512)
        )
    data = bytearray(whole(*parts))
    if chance.random() < 0.1:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


@pytest.mark.slow
def test_whatever_is_in_a_tar_it_is_refused_or_stays_in_its_folder(place: Path) -> None:
    written = 0
    for seed in range(1500):
        data, folder = anything(random.Random(seed)), place.parent / str(seed)
        try:
            write_workspace(data, folder)
        except Refused:
            assert not folder.exists()
            continue
        written += 1
        for path in folder.rglob("*"):
            assert path.resolve().is_relative_to(folder.resolve()), seed
            assert path.is_symlink() or not path.stat().st_mode & 0o7022 or path.is_dir(), seed
        assert clean_tar(clean_tar(data)) == clean_tar(data)
    assert written > 100
