"""A submission is a stranger's file: what is wrong with it is refused in a sentence, and nothing is written."""

from __future__ import annotations

import bz2
import io
import json
import re
import struct
import tarfile
import tempfile
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kikori.errors import Exit
from kikori.model import Command, Event, Outcome
from kikori.submission import unpack
from kikori.submission.format import MOST_BYTES, MOST_LINES, MOST_MEMBERS, MOST_TEXT, MOST_WORKSPACE_BYTES, Refused
from kikori.submission.unpack import clean_tar, write_workspace

from .conftest import MANIFEST, Members, Submitted, entry, tar

GIB10 = 10 * 2**30


@pytest.fixture(autouse=True)
def nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a file says, reading it leaves nothing beside it nor in the temporary folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    before = {path.name for path in tmp_path.parent.iterdir()}
    yield
    assert [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()] in (
        [],
        [Path("inbox/ada.kikori")],
    )
    assert {path.name for path in tmp_path.parent.iterdir()} == before


def refusal(file: Path) -> str:
    """What is said of a file that is refused; always one line."""
    with pytest.raises(Refused) as caught:
        unpack(file)
    assert caught.value.exit_code is Exit.USAGE
    assert "\n" not in caught.value.message
    return caught.value.message


def test_good_one_is_read_whole(submitted: Submitted, members: Members) -> None:
    found = unpack(submitted(members))
    assert (found.manifest.lab, found.manifest.seed, found.manifest.learner) == ("silent-exit", 7, "ada")
    assert found.events == (Event(at=1.0, event="broke", detail={"fault": "privileged-port"}),)
    assert found.trail == (Command(number=1, at=2.0, service="orders", line="ls", exit_code=0, seconds=0.1),)
    assert found.reports[0].checks[0].outcome is Outcome.PASSED
    assert found.explanation == "## 何が <!-- seen -->\n斧を研いだ。\n"
    assert (found.services["orders"].present, found.services["orders"].gone) == (("/etc/motd",), ("/etc/old",))
    assert contents(found.services["orders"].files) == {"etc/motd": b"hello\n"}
    assert contents(found.volumes["orders"]) == {"./orders.jsonl": b"{}\n"}
    assert contents(found.workspace or b"") == {"compose.yaml": b"services: {}\n", "Containerfile": None}


def test_what_the_lab_wrote_down_is_read_strictly(submitted: Submitted, members: Members) -> None:
    assert unpack(submitted(members)).lab_events == ()
    line = b'{"at": 5.0, "en": "page", "kind": "pager"}\n'
    members["lab-events.jsonl"] = line + line
    assert [one.en for one in unpack(submitted(members)).lab_events] == ["page", "page"]
    for bad in (b'{"at": 5.0, "en": "page"}', b'{"at": -1, "en": "x", "kind": "pager"}', line[:-2], b"\xff"):
        members["lab-events.jsonl"] = bad
        assert "lab-events.jsonl is damaged" in refusal(submitted(members))
    members["lab-events.jsonl"] = line * (MOST_LINES + 1)
    assert "lab-events.jsonl has more than 20000 lines" in refusal(submitted(members))


def contents(data: bytes) -> dict[str, bytes | None]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {m.name: (file.read() if m.isreg() and (file := archive.extractfile(m)) else None) for m in archive}


def test_lab_without_workspace_and_volumes_has_neither(submitted: Submitted, members: Members) -> None:
    del members["workspace.tar"], members["volumes/orders.tar"]
    found = unpack(submitted(members))
    assert (found.workspace, found.volumes) == (None, {})


# --- the file as a whole


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_truncated_file(submitted: Submitted, members: Members, share: float) -> None:
    file = submitted(members)
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    assert "not a whole .kikori file" in refusal(file)


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"just text\n", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 17, b"\x1f\x8b" * 99]
)
def test_file_that_is_no_archive(submitted: Submitted, data: bytes) -> None:
    file = submitted({})
    file.write_bytes(data)
    assert "not a whole .kikori file" in refusal(file)


def test_archive_that_holds_nothing(submitted: Submitted) -> None:
    assert refusal(submitted({})) == "manifest.json is missing"


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No such file"):
        unpack(tmp_path / "no.kikori")


def test_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "folder.kikori").mkdir()
    with pytest.raises(Refused, match="not a whole"):
        unpack(tmp_path / "folder.kikori")


@pytest.mark.parametrize("byte", range(30, 900, 29))
def test_flipped_bits_never_end_in_anything_but_a_refusal(submitted: Submitted, members: Members, byte: int) -> None:
    file = submitted(members)
    data = bytearray(file.read_bytes())
    data[-byte] ^= 0xFF
    file.write_bytes(data)
    try:
        unpack(file)
    except Refused as problem:
        assert problem.message  # noqa: PT017 - a flip in a time stamp hurts nobody


# --- its members


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/passwd",
        "C:\\x",
        "services/../../x.json",
        "services/../x.tar",
        "notes.txt",
        "services/",
        "services/a/b.tar",
        "services/Ä.tar",
        "volumes/.tar",
        "workspace.tar/x",
        "manifest.json\n",
        "\x1b[31m.json",
    ],
)
def test_unknown_member_is_refused_and_named_harmlessly(submitted: Submitted, members: Members, name: str) -> None:
    said = refusal(submitted({**members, name: b"x"}))
    assert said == f"{name!r} is no member of a submission"
    assert "\x1b" not in said


def test_member_that_is_a_link(submitted: Submitted, members: Members) -> None:
    data = members.pop("explanation.md")
    file = submitted(members)
    link = zipfile.ZipInfo("explanation.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(link, data)
    assert refusal(file) == "explanation.md is a link or no file at all; a submission has plain files alone"


def test_two_members_of_one_name(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("manifest.json", members["manifest.json"])
    assert refusal(file) == "two members of one name"


def test_too_many_members(submitted: Submitted, members: Members) -> None:
    many = {f"volumes/v{number}.tar": b"" for number in range(MOST_MEMBERS)}
    assert f"at most {MOST_MEMBERS}" in refusal(submitted(members | many))


@pytest.mark.parametrize(
    "name",
    ["manifest.json", "events.jsonl", "trail.jsonl", "reports.jsonl", "explanation.md", "services/orders.tar"],
)
def test_missing_member_is_named(submitted: Submitted, members: Members, name: str) -> None:
    del members[name]
    assert refusal(submitted(members)) == f"{name} is missing"


def test_encrypted_member(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    patch(file, "explanation.md", flags=1)
    assert "explanation.md is encrypted" in refusal(file)


# --- bombs


def patch(file: Path, name: str, *, size: int | None = None, flags: int | None = None) -> None:
    """Rewrite what the table of contents says of a member; what is stored stays as it is."""
    data = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        local = archive.getinfo(name).header_offset
    central = next(
        found.start()
        for found in re.finditer(b"PK\x01\x02", bytes(data))
        if data[found.start() + 46 :].startswith(name.encode())
    )
    if size is not None:
        struct.pack_into("<L", data, central + 24, size)
        struct.pack_into("<L", data, local + 22, size)
    if flags is not None:
        struct.pack_into("<H", data, central + 8, flags)
        struct.pack_into("<H", data, local + 6, flags)
    file.write_bytes(data)


def declare(file: Path, name: str, size: int) -> None:
    """Let the table of contents promise so many bytes, over 4 GiB too (zip64)."""

    class Promise(zipfile.ZipInfo):
        def FileHeader(self, zip64: bool | None = None) -> bytes:  # noqa: N802
            self.file_size = size
            return super().FileHeader(zip64=True)

    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(Promise(name), b"\0" * 1000)
        archive.getinfo(name).file_size = size


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """How many bytes were in use at once since the test began."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def test_member_that_promises_ten_gigabytes(submitted: Submitted, members: Members, memory: Callable[[], int]) -> None:
    del members["workspace.tar"]
    file = submitted(members)
    declare(file, "workspace.tar", GIB10)
    assert re.search(rf"1\d{{10}} bytes unpacked; a submission has at most {MOST_BYTES}", refusal(file))
    assert memory() < 2**20


def test_many_members_that_together_are_too_large(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    for number in range(4):
        declare(file, f"volumes/v{number}.tar", MOST_BYTES // 4)
    assert "bytes unpacked" in refusal(file)


@pytest.mark.parametrize("name", ["explanation.md", "trail.jsonl", "services/orders.json"])
def test_text_of_zeros_without_end(submitted: Submitted, members: Members, name: str) -> None:
    file = submitted(members | {name: b"\0" * (MOST_TEXT + 1)})
    assert refusal(file) == f"{name} is {MOST_TEXT + 1} bytes; at most {MOST_TEXT} are read"


@pytest.mark.slow
def test_workspace_of_zeros_without_end(submitted: Submitted, members: Members) -> None:
    zeros = b"\0" * (2 * MOST_WORKSPACE_BYTES + 1)
    file = submitted(members | {"workspace.tar": tar(("zeros", zeros))})
    assert file.stat().st_size < 2**20
    assert f"at most {2 * MOST_WORKSPACE_BYTES} are read" in refusal(file)


@pytest.mark.slow
def test_member_that_unpacks_to_more_than_it_says_is_not_unpacked_further(
    submitted: Submitted, members: Members, memory: Callable[[], int]
) -> None:
    file = submitted(members)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("volumes/zeros.tar", b"\0" * (64 * 2**20))
    patch(file, "volumes/zeros.tar", size=100)
    tracemalloc.reset_peak()
    assert refusal(file).startswith("volumes/zeros.tar is damaged: Bad CRC")
    assert memory() < 8 * 2**20


def test_member_that_unpacks_to_less_than_it_says_is_what_it_is(submitted: Submitted, members: Members) -> None:
    file = submitted(members)
    patch(file, "explanation.md", size=5000)
    assert unpack(file).explanation.encode() == members["explanation.md"]


@pytest.mark.slow
@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_can_not_be_unpacked_piece_by_piece(submitted: Submitted, members: Members, method: int) -> None:
    """bz2 holds 10 GB of zeros in 7 KB, and zipfile would unpack them all at once."""
    assert len(bz2.compress(b"\0" * 2**24)) < 100
    file = submitted(members)
    with zipfile.ZipFile(file, "a", method) as archive:
        archive.writestr("volumes/zeros.tar", b"\0" * 1000)
    assert refusal(file).startswith("volumes/zeros.tar is encrypted or packed in a way")


# --- records


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_other_version_is_told_as_one(submitted: Submitted, members: Members, version: object) -> None:
    members["manifest.json"] = json.dumps({"format": version, "new": "key"}).encode()
    assert f"made by another version of Kikori (format {version!r}; this one reads 1)" in refusal(submitted(members))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("manifest.json", b""),
        ("manifest.json", b"[]"),
        ("manifest.json", b"null"),
        ("manifest.json", b"[" * 60_000),
        ("manifest.json", json.dumps(MANIFEST | {"extra": 1}).encode()),
        ("manifest.json", json.dumps(MANIFEST | {"seed": "7"}).encode()),
        ("manifest.json", json.dumps({k: v for k, v in MANIFEST.items() if k != "lab"}).encode()),
        ("events.jsonl", b'{"at":1,"event":"broke"}\n{"at":'),
        ("events.jsonl", b'{"at":1e999,"event":"broke"}'),
        ("events.jsonl", b'{"at":1,"event":"x","detail":' + b'{"a":' * 50_000),
        ("trail.jsonl", b"\xff\xfe\n"),
        ("reports.jsonl", b'{"lab":"x","at":1,"checks":[{"id":"a","title":"A","outcome":"perfect"}]}'),
        ("explanation.md", "斧".encode("euc-jp")),
        ("services/orders.json", b"{}"),
        ("services/orders.json", b'{"present":"/etc","gone":[]}'),
        ("services/orders.tar", b"no tar at all" * 100),
        ("volumes/orders.tar", tar(("a", b"x" * 5000))[:1500]),
        ("workspace.tar", b"\x1f\x8b" + b"\0" * 600),
    ],
)
def test_damaged_member_is_named(submitted: Submitted, members: Members, name: str, data: bytes) -> None:
    assert refusal(submitted(members | {name: data})).startswith(f"{name} is damaged: ")


@pytest.mark.parametrize("path", ["etc/motd", "/etc/../../x", "..", "/a\0b", ""])
@pytest.mark.parametrize("key", ["present", "gone"])
def test_path_that_is_none_inside_a_service(submitted: Submitted, members: Members, key: str, path: str) -> None:
    members["services/orders.json"] = json.dumps({"present": [], "gone": [], key: [path]}).encode()
    assert refusal(submitted(members)) == f"services/orders.json names {path!r}, which is no path inside a service"


# --- archives inside


@pytest.mark.parametrize(
    ("member", "told"),
    [
        (entry("/etc/cron.d/x"), "leads out"),
        (entry("../x"), "leads out"),
        (entry("a/../../x"), "leads out"),
        (entry("dev", tarfile.CHRTYPE), "neither a plain file"),
        (entry("disk", tarfile.BLKTYPE), "neither a plain file"),
        (entry("pipe", tarfile.FIFOTYPE), "neither a plain file"),
        (entry("second", tarfile.LNKTYPE, "/etc/passwd"), "neither a plain file"),
        (entry("sparse", tarfile.GNUTYPE_SPARSE), "neither a plain file"),
        (entry("contiguous", tarfile.CONTTYPE), "neither a plain file"),
        (entry("what", b"Z"), "neither a plain file"),
    ],
    ids=lambda value: value.name if isinstance(value, tarfile.TarInfo) else "",
)
@pytest.mark.parametrize("where", ["services/orders.tar", "volumes/orders.tar", "workspace.tar"])
def test_hostile_member_of_an_archive_inside(
    submitted: Submitted, members: Members, where: str, member: tarfile.TarInfo, told: str
) -> None:
    said = refusal(submitted(members | {where: tar(("good", b"x"), member)}))
    assert repr(member.name) in said
    assert told in said


@pytest.mark.parametrize("link", ["/etc/passwd", "../../etc/passwd", "a/../../../x"])
def test_link_out_of_the_workspace(submitted: Submitted, members: Members, link: str) -> None:
    said = refusal(submitted(members | {"workspace.tar": tar(entry("out", tarfile.SYMTYPE, link))}))
    assert said.startswith("the workspace: ")
    assert "out" in said


def test_link_of_a_service_may_lead_anywhere_in_its_container(submitted: Submitted, members: Members) -> None:
    members["services/orders.tar"] = tar(entry("etc/localtime", tarfile.SYMTYPE, "/usr/share/zoneinfo/UTC"))
    assert contents(unpack(submitted(members)).services["orders"].files) == {"etc/localtime": None}


def test_sparse_file_in_the_disguise_of_a_plain_one() -> None:
    """Its real size would be written out in zeros."""
    headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": str(10**6)}
    with pytest.raises(Refused, match="'holes' is neither a plain file"):
        clean_tar(tar(("holes", b"x"), headers=headers))


@pytest.mark.parametrize("headers", [{"mtime": "inf"}, {"mtime": "nan"}, {"size": str(GIB10)}])
def test_impossible_numbers_in_a_header(submitted: Submitted, members: Members, headers: dict[str, str]) -> None:
    data = tar(("odd", b"x" * 600), headers=headers)
    assert refusal(submitted(members | {"volumes/orders.tar": data})).startswith("volumes/orders.tar is damaged: ")


def test_archive_inside_is_not_unpacked_as_a_compressed_one(submitted: Submitted, members: Members) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(entry("zeros"), io.BytesIO())
    assert "workspace.tar is damaged" in refusal(submitted(members | {"workspace.tar": packed.getvalue()}))


def test_headers_of_strangers_are_not_handed_on() -> None:
    cleaned = clean_tar(tar(("a", b"x"), headers={"SCHILY.xattr.security.capability": "all"}))
    assert b"SCHILY" not in cleaned
    assert contents(cleaned) == {"a": b"x"}


def test_file_below_a_file_can_not_be_written() -> None:
    data = tar(("a", b"x"), ("a/b", b"y"))
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.raises(Refused, match="'a/b' stands below 'a', which is a file"),
    ):
        write_workspace(data, Path(folder) / "workspace")


def test_workspace_is_written_as_it_was(members: Members) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_workspace(members["workspace.tar"], Path(folder) / "deep" / "workspace")
        written = Path(folder) / "deep" / "workspace"
        assert (written / "compose.yaml").read_bytes() == b"services: {}\n"
        assert (written / "Containerfile").readlink() == Path("Dockerfile")


def test_file_that_a_link_would_carry_outside_is_not_written(tmp_path: Path) -> None:
    data = tar(entry("d", tarfile.SYMTYPE, str(tmp_path)), ("d/x", b"y"))
    with (
        tempfile.TemporaryDirectory() as folder,
        pytest.raises(Refused, match="'d/x' stands below 'd', which is a link"),
    ):
        write_workspace(data, Path(folder) / "workspace")
