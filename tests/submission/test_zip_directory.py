"""A submission's table of contents and its texts: bounded before they are read."""

from __future__ import annotations

import json
import struct
import time
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest

from kikori.submission import read_manifest, read_records, unpack
from kikori.submission.format import FREE_BYTES, MOST_LINES, MOST_MANIFEST, MOST_RATIO, MOST_TABLE, Refused
from kikori.submission.zip_directory import TableEnd, judge_table

from .conftest import MANIFEST, Members, Submitted, tar
from .raw import block, whole


def refusal(file: Path) -> str:
    """What is said of a file; in little time and memory, and by whoever reads a part of it too."""
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(Refused) as caught:
            unpack(file)
        assert time.process_time() - began < 5
        assert tracemalloc.get_traced_memory()[1] < 64 * 2**20
    finally:
        tracemalloc.stop()
    return caught.value.message


# --- the table of contents


def ended(file: Path, *, count: int | None = None, length: int | None = None, before: bytes = b"") -> Path:
    """Rewrite what the end of a file says of its table of contents."""
    data = file.read_bytes()
    end = [*struct.unpack("<4s4H2LH", data[-22:])]
    end[3] = end[4] = end[4] if count is None else count
    end[5] = end[5] if length is None else length
    file.write_bytes(data[:-22] + before + struct.pack("<4s4H2LH", *end))
    return file


def test_table_that_is_longer_than_it_says_is_not_read(submitted: Submitted, members: Members) -> None:
    many = {f"volumes/{'v' * 200}{number}.tar": b"" for number in range(1000)}
    file = ended(submitted(members | many), count=9)
    assert f"at most {MOST_TABLE}" in refusal(file)


def test_second_table_that_would_be_read_in_the_place_of_the_first(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    size = file.stat().st_size
    sign = struct.pack("<4sLQL", b"PK\6\7", 0, size, 1)
    (length,) = struct.unpack("<L", file.read_bytes()[-10:-6])
    assert "table of contents is not as a submission has it" in refusal(ended(file, length=length + 20, before=sign))


@pytest.mark.parametrize("more", [b"x", b"x" * 70_000])
def test_bytes_after_the_table(submitted: Submitted, members: Members, more: bytes) -> None:
    file = submitted(members)
    file.write_bytes(file.read_bytes() + more)
    assert "no table of contents at its end" in refusal(file)


def test_bytes_before_the_archive(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    file.write_bytes(b"#!/bin/sh\n" + file.read_bytes())
    assert "table of contents is not as a submission has it" in refusal(file)


def test_name_that_is_another_behind_a_nul(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("manifest.jsonX", members["manifest.json"])
    file.write_bytes(file.read_bytes().replace(b"manifest.jsonX", b"manifest.json\0"))
    assert refusal(file) == r"'manifest.json\x00' is no member of a submission"


# --- how much is unpacked of how little


def bomb(members: Members) -> Members:
    """A volume of a hundred megabytes that are a hundred kilobytes packed."""
    return members | {"volumes/zeros.tar": tar(("zeros", bytes(100 * 2**20)))}


@pytest.mark.slow
def test_ratio_that_only_a_bomb_has(submitted: Submitted, members: Members) -> None:
    file = submitted(bomb(members))
    assert file.stat().st_size < 2**18
    assert f"more than {MOST_RATIO} times as many are not read" in refusal(file)


def told(size: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("volumes/data.tar")
    info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, size
    return info


def test_new_database_is_no_bomb() -> None:
    judge_table([told(FREE_BYTES)], TableEnd(1000, 1))
    judge_table([told(149_493_760)], TableEnd(850_929, 1))  # a MariaDB that nobody has written to
    judge_table([told(256 * 2**20)], TableEnd(900_000, 1))  # the same, with a log as large as a volume may be
    with pytest.raises(Refused, match="times as many"):
        judge_table([told(FREE_BYTES + 1)], TableEnd(1000, 1))


# --- texts


@pytest.mark.parametrize("line", [b"\n", b"\r", b'{"at":1,"event":"x"}\n'])
def test_log_of_lines_without_end(submitted: Submitted, members: Members, line: bytes) -> None:
    file = submitted(members | {"events.jsonl": line * (MOST_LINES + 1)})
    assert refusal(file) == f"events.jsonl has more than {MOST_LINES} lines"


@pytest.mark.slow
def test_log_of_as_many_lines_as_are_allowed(submitted: Submitted, members: Members) -> None:
    file = submitted(members | {"events.jsonl": b'{"at":1,"event":"x"}\n' * MOST_LINES})
    assert len(unpack(file).events) == MOST_LINES


@pytest.mark.parametrize(
    "value",
    ["[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, "[" * 30_000, '"' + r"\"" * 30_000, '"' * 60_000],
    ids=["lists", "objects", "lists that never end", "text that never ends", "quotes"],
)
@pytest.mark.parametrize("key", ["format", "unknown"])
def test_manifest_nested_without_end(submitted: Submitted, members: Members, key: str, value: str) -> None:
    file = submitted(members | {"manifest.json": b'{"%s": %s}' % (key.encode(), value.encode())})
    assert refusal(file).startswith("manifest.json is damaged: ")


NESTED = "[" * 400_000 + "]" * 400_000


@pytest.mark.parametrize("name", ["events.jsonl", "trail.jsonl", "reports.jsonl", "services/orders.json"])
@pytest.mark.parametrize("key", ["at", "detail", "checks", "present", "unknown"])
def test_record_nested_without_end(submitted: Submitted, members: Members, name: str, key: str) -> None:
    for value in (NESTED, '{"id": ' + NESTED + "}", "[" + NESTED + "]"):
        file = submitted(members | {name: b'{"%s": %s}' % (key.encode(), value.encode())})
        assert refusal(file).startswith(f"{name} is damaged: ")


def test_brackets_within_text_nest_nothing(submitted: Submitted, members: Members) -> None:
    learner = '[[[[{{{{[[[[{{{{[[[[{{{{ \\" ]'
    file = submitted(members | {"manifest.json": json.dumps(MANIFEST | {"learner": learner}).encode()})
    assert unpack(file).manifest.learner == learner


def test_manifest_without_end(submitted: Submitted, members: Members) -> None:
    file = submitted(members | {"manifest.json": json.dumps(MANIFEST | {"learner": "a" * MOST_MANIFEST}).encode()})
    assert f"at most {MOST_MANIFEST} are read" in refusal(file)


def test_version_of_the_format_is_not_repeated_without_end(submitted: Submitted, members: Members) -> None:
    file = submitted(members | {"manifest.json": json.dumps({"format": "9" * 50_000}).encode()})
    assert "made by another version of Kikori" in refusal(file)
    assert len(refusal(file)) < 200


@pytest.mark.parametrize("path", ["/" + "a/" * 600, "/" + "斧" * 400])
def test_path_of_a_service_without_end(submitted: Submitted, members: Members, path: str) -> None:
    members["services/orders.json"] = json.dumps({"present": [], "gone": [path]}).encode()
    assert "of more than 1024 bytes" in refusal(submitted(members))


# --- parts of a submission


def test_manifest_and_records_are_read_without_the_files(submitted: Submitted, members: Members) -> None:
    whole_one = unpack(submitted(members))
    broken = whole(block(b"disk", b"4"))
    file = submitted(members | {"workspace.tar": broken, "services/orders.tar": b"", "volumes/orders.tar": broken})
    found = read_records(file)
    assert read_manifest(file) == found.manifest == whole_one.manifest
    assert (found.events, found.trail, found.reports) == (whole_one.events, whole_one.trail, whole_one.reports)
    assert found.explanation == whole_one.explanation
    with pytest.raises(Refused):
        unpack(file)


def test_manifest_is_read_without_the_records(submitted: Submitted, members: Members) -> None:
    file = submitted(members | {"events.jsonl": b"["})
    assert read_manifest(file).learner == "ada"
    with pytest.raises(Refused, match=r"events\.jsonl is damaged"):
        read_records(file)


@pytest.mark.slow
def test_parts_of_a_bomb_are_not_read_either(submitted: Submitted, members: Members) -> None:
    file = submitted(bomb(members))
    for read in (read_manifest, read_records):
        with pytest.raises(Refused, match="times as many"):
            read(file)
