"""Archives that a stranger could hand in, which two readers would read in two ways, or one without end."""

from __future__ import annotations

import gzip

from ...submission.raw import block, file, folder, link, long, pax, record, whole
from . import zips
from .corpus import COULD_NOT, NOT, Case, added, changed, odd, stored, web
from .parts import Members, entry, written

NO_PATH = "which is no path inside a service"


def bent(change: zips.Bytes, told: str) -> Case:
    return Case(zips.rewritten(change), COULD_NOT, told)


def laid_out(told: str, *members: bytes) -> Case:
    """A workspace of these members."""
    return Case(
        changed(lambda given: given | {"workspace.tar": whole(*members)}), COULD_NOT, f"the workspace: {told}",
        "silent-exit",
    )  # fmt: skip


def torn(told: str, data: bytes) -> Case:
    """A workspace of these bytes."""
    return Case(changed(lambda given: given | {"workspace.tar": data}), COULD_NOT, told, "silent-exit")


def paths(text: str, told: str = NO_PATH) -> Case:
    """What an end state says of itself."""
    return Case(added("services/web.json", text.encode("utf-8", "surrogatepass")), COULD_NOT, told)


def numbered(at: int, value: bytes) -> bytes:
    """A file with another number in its header, and the right checksum."""
    head = bytearray(block(b"a", b"0", 1))
    head[at : at + len(value)] = value
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + b"x".ljust(512, b"\0")


def without_checksum(data: bytes) -> bytes:
    return data[:148] + b"0000000\0" + data[156:]


def half(members: Members) -> Members:
    """The tar of an end state without its second half."""
    return members | {"services/web.tar": members["services/web.tar"][:700]}


def as_program(data: bytearray) -> bytearray:
    return bytearray(b"#!/bin/sh\nexec sh -c 'id'\n") + data


ZIPS: dict[str, Case] = {
    "program before the archive": bent(as_program, "its table of contents is not as a submission has it"),
    "archive in the comment": bent(zips.commented, "its table of contents is not as a submission has it"),
    "archive after the archive": bent(lambda data: data + data, "its table of contents is not as a submission has it"),
    "table of four gigabytes": bent(zips.large, "its table of contents is not as a submission has it"),
    "last of four disks": bent(zips.on_disk, "its table of contents is not as a submission has it"),
    "members that nobody counted": bent(zips.counted(1), "its end counts other members"),
    "members that are not there": bent(zips.counted(150), "its end counts other members"),
    "two names of one member": bent(zips.renamed(b"events.jsonl", b"trails.jsonl", row=False), "is damaged"),
    "name that ends before its end": bent(
        zips.renamed(b"services/web.json", b"events.jsonl\0json"), r"'events.jsonl\x00json' is no member"
    ),
    "name that only new readers see": bent(zips.other_name(b"explanation.md", b"trail.jsonl"), "has a record beside"),
    "way out that only new readers see": bent(zips.other_name(b"trail.jsonl", b"../../../x"), "has a record beside"),
    "size that only large archives have": bent(
        zips.beside(b"trail.jsonl", 1, (2**62).to_bytes(8, "little")), "has a record beside"
    ),
    "members that share their bytes": Case(zips.overlapping, COULD_NOT, "more than 400 times as many are not read"),
    "member of another sum": bent(zips.field(b"explanation.md", 16, 7, "<L"), "explanation.md is damaged"),
    "member before the archive": bent(zips.field(b"trail.jsonl", 42, 2**32 - 2, "<L"), "trail.jsonl is damaged"),
    "member of a later version": bent(zips.field(b"trail.jsonl", 6, 990), "not a whole .kikori file"),
    "member patched afterwards": bent(zips.field(b"trail.jsonl", 8, 0x20), "is encrypted or packed in a way"),
    "member of strong encryption": bent(zips.field(b"trail.jsonl", 8, 0x40), "is encrypted or packed in a way"),
    "member of an unknown packing": bent(zips.field(b"trail.jsonl", 10, 99), "is encrypted or packed in a way"),
    "member that is a folder": Case(added("services/"), COULD_NOT, "'services/' is no member"),
    "member for Windows": Case(added("services\\web.tar"), COULD_NOT, "is no member"),
    "member in capitals": Case(added("MANIFEST.JSON"), COULD_NOT, "is no member"),
    "member in full width": Case(added("ｍanifest.json"), COULD_NOT, "is no member"),
    "member read from the right": Case(added("volumes/\u202erat.gpj"), COULD_NOT, r"'volumes/\u202erat.gpj' is no"),
    "member that is a device": Case(stored("trail.jsonl", b"", 0o20666), COULD_NOT, "is a link or no file at all"),
    "member that is a pipe": Case(stored("trail.jsonl", b"", 0o10666), COULD_NOT, "is a link or no file at all"),
    "no member": Case(lambda members, file: written({}, file), COULD_NOT, "manifest.json is missing"),
}  # fmt: skip

TARS: dict[str, Case] = {
    "header of long ago": torn("a header is not in the format of POSIX", entry("a")[:257] + bytes(1279)),
    "long name of GNU": torn(
        "neither a plain file", whole(block(b"././@LongLink", b"L", 9), b"../../x\0".ljust(512, b"\0"), file(b"a"))
    ),
    "contiguous file": Case(odd(b"7"), COULD_NOT, "neither a plain file"),
    "file of no known kind": Case(odd(b"Z"), COULD_NOT, "neither a plain file"),
    "folder with its list": Case(odd(b"D"), COULD_NOT, "neither a plain file"),
    "rest of another volume": Case(odd(b"M"), COULD_NOT, "neither a plain file"),
    "records for all in the middle": Case(
        web(whole(file(b"a"), pax(record(b"path", b"/etc/x"), b"g"), file(b"b"))), COULD_NOT, "neither a plain file"
    ),
    "records of nothing": Case(web(whole(pax(record(b"path", b"a")))), COULD_NOT, "a member that is not there"),
    "record twice": Case(
        web(whole(pax(record(b"path", b"a") + record(b"path", b"/b")), file(b"c"))), COULD_NOT, "cut off or there twice"
    ),
    "record longer than it says": Case(web(whole(pax(b"9 path=../../x\n"), file(b"c"))), COULD_NOT, "cut off or"),
    "record that nobody writes": Case(
        web(whole(pax(record(b"LIBARCHIVE.symlinktype", b"dir")), file(b"c"))), COULD_NOT, "no submission has"
    ),
    "size by a record": Case(
        web(whole(pax(record(b"size", b"9" * 18)), file(b"c"))), COULD_NOT, "is damaged: it ends too early"
    ),
    "size in base 256": torn("not written in octal digits", whole(numbered(124, b"\x80" + bytes(10) + b"\x01"))),
    "size below nothing": torn("not written in octal digits", whole(numbered(124, b"-0000000001\0"))),
    "owner of all bits": Case(
        web(whole(pax(record(b"uid", b"4294967295")), file(b"c"))), COULD_NOT, "has an impossible uid"
    ),
    "time without end": Case(
        web(whole(pax(record(b"mtime", b"1e400")), file(b"c"))), COULD_NOT, "has an impossible time"
    ),
    "checksum of another": torn("the checksum of a header is wrong", whole(without_checksum(file(b"a")))),
    "packed twice": torn("is damaged", gzip.compress(entry("a"))),
    "nothing at all": torn("is damaged: it ends too early", b""),
    "cut in the middle": Case(changed(half), COULD_NOT, "is damaged: it ends too early"),
    "folder with content": torn("is no plain file, yet it has content", whole(block(b"a", b"5", 9), bytes(512))),
    "one name written in two ways": laid_out("two files of the name './a'", file(b"a"), file(b"./a")),
    "file and folder of one name": laid_out("two files of the name 'a/'", file(b"a"), folder(b"a/")),
    "file below a file": laid_out("'a/b' stands below 'a', which is a file", file(b"a"), file(b"a/b")),
    "folder of all as a link": laid_out("'.' is no name of a file", link(b".", b"/etc")),
    "way back in the middle": laid_out("'a/../b' leads out of its folder", file(b"a/../b")),
    "name with two slashes": laid_out("'a//b' is no plain path", file(b"a//b")),
    "name behind a nul": laid_out(r"'a\x00b' is no plain path", pax(record(b"path", b"a\0b")), file(b"c")),
    "name too long to be written": torn("has a name of more than 255 bytes", whole(long(b"n" * 256, file(b"c")))),
    "folders without end": torn("has more than 100 folders", whole(long(b"d/" * 101 + b"x", file(b"c")))),
    "link to itself": laid_out("'a' is a link that leads back to itself", link(b"a", b"a")),
    "links round and round": laid_out(
        "'a' is a link that leads back", link(b"a", b"b"), link(b"b", b"c"), link(b"c", b"a")
    ),
    "link to nothing": laid_out("'a' is a link to no name", link(b"a", b"")),
    "link of two names": laid_out("'a' is a link to no name", pax(record(b"linkpath", b"b\0c")), link(b"a", b"b")),
    "compose file that is a link": Case(
        changed(lambda given: given | {"workspace.tar": whole(file(b"x", b"{}"), link(b"compose.yaml", b"x"))}), NOT,
        "a link or a file over 64 KiB is not allowed", "silent-exit",
    ),
    "names of all hosts": Case(web(entry("etc/hosts", b"127.0.0.1 web")), COULD_NOT, "Docker or the kernel makes"),
    "file in the place of a device": Case(web(entry("dev/null", b"x")), COULD_NOT, "Docker or the kernel makes"),
    "kernel's files": paths('{"present": ["/proc/1/root/etc"], "gone": []}', "Docker or the kernel makes"),
    "kernel's files to be removed": paths('{"present": [], "gone": ["/sys"]}', "Docker or the kernel makes"),
    "path of the reviewer": paths('{"present": ["../../etc/passwd"], "gone": []}'),
    "path to be removed above all": paths('{"present": [], "gone": ["/srv/../../etc"]}'),
    "path with a nul": paths('{"present": ["/a\\u0000b"], "gone": []}'),
    "path of half a letter": paths('{"present": ["/\ud800"], "gone": []}', "is damaged"),
    "paths that are no list": paths('{"present": "/a", "gone": []}', "is damaged"),
}  # fmt: skip
