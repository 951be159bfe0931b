"""Whether a reader of strangers' files ever fails without a word: right files, bent at random.

``.venv/bin/python benchmarks/fuzz_readers.py [COUNT] [SEED]`` gives each reader its share of COUNT bent files: the zip
of a submission, its manifest, a tar, a compose file, a stack file and a Dockerfile. It prints how many there were, how
many were taken, and the time of the slowest as a ratio of the usual; it ends with 1 at anything but a refusal.
"""

from __future__ import annotations

import io
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from kikori import paths
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.submission import read_manifest, unpack
from kikori.submission.tar_reader import Damaged
from kikori.submission.unpack import clean_tar
from kikori.untrusted.compose_file import check_learner_compose
from kikori.untrusted.dockerfile import check_learner_build
from kikori.untrusted.stack_file import check_learner_stack

MANIFEST = (
    b'{"format":1,"lab":"silent-exit","content":"0123456789abcdef","learner":"ada","seed":7,"fault":"privileged-port",'
    b'"attempt":"a-1","created":1.5,"kikori":"0.1.0"}'
)
WORDS = (
    b"\0", b"\xff", b"\n", b"\r", b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b":", b",", b"-", b"..", b"/", b"//", b"$",
    b"1e400", b"-1", b"0" * 30, b"9" * 30, b"null", b"true", b"&a", b"*a", b"<<", b"!!", b"# ", b"\xe2\x80\xae",
    b"a" * 300, b"GNU.sparse.size=1\n", b"30 path=../../x\n", b"NaN", b"ustar", b"PK\x05\x06", b"PK\x01\x02",
    b"\xff\xff\xff\xff", b"FROM ", b"ADD ", b"--from=", b"services:", b"environment:", b"\t", b"\xc2\xa0",
)  # fmt: skip


class Reader(NamedTuple):
    """A reader, and right files for it."""

    name: str
    read: Callable[[Path], object]
    samples: tuple[bytes, ...]


def tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, kind in (("etc", tarfile.DIRTYPE), ("etc/x" * 40, tarfile.REGTYPE), ("etc/日本", tarfile.SYMTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.mtime = kind, 1.5
            info.linkname = "x" if kind == tarfile.SYMTYPE else ""
            info.size = 3 if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(b"abc"))
    return buffer.getvalue()


def submission(packing: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in {
            "manifest.json": MANIFEST, "events.jsonl": b"", "trail.jsonl": b"", "reports.jsonl": b"",
            "explanation.md": b"## seen\nwords\n", "services/orders.json": b'{"present":["/etc/x"],"gone":[]}',
            "services/orders.tar": tar(), "workspace.tar": tar(),
        }.items():  # fmt: skip
            archive.writestr(name, data)
    return buffer.getvalue()


def readers() -> list[Reader]:
    lab = Catalog([paths.ROOT]).lab("silent-exit")
    services = {"orders": {}, "proxy": {}}
    own = {
        name: sorted(paths.ROOT.glob(f"labs/*/workspace/**/{name}"))
        for name in ("compose.yaml", "stack.yaml", "Dockerfile")
    }
    read = {name: tuple(file.read_bytes() for file in files) for name, files in own.items()}
    return [
        Reader("zip", unpack, (submission(zipfile.ZIP_STORED), submission(zipfile.ZIP_DEFLATED))),
        Reader("manifest", lambda file: read_manifest(_with_manifest(file)), (MANIFEST,)),
        Reader("tar", lambda file: clean_tar(file.read_bytes()), (tar(),)),
        Reader("compose", lambda file: check_learner_compose(file, lab, services), read["compose.yaml"]),
        Reader("stack", lambda file: check_learner_stack(file, {"forecast": {}}), read["stack.yaml"]),
        Reader("Dockerfile", _build, read["Dockerfile"]),
    ]


def _with_manifest(file: Path) -> Path:
    with zipfile.ZipFile(file.with_suffix(".zip"), "w") as archive:
        archive.writestr("manifest.json", file.read_bytes())
    return file.with_suffix(".zip")


def _build(file: Path) -> None:
    (file.parent / "Dockerfile").write_bytes(file.read_bytes())
    check_learner_build(file.parent, lambda image: True)


def bent(chance: Random, data: bytes) -> bytes:
    """A right file with one to eight things changed."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, to = sorted((chance.randrange(len(found) + 1), chance.randrange(len(found) + 1)))
        match chance.randrange(6):
            case 0 if found:
                found[min(at, len(found) - 1)] = chance.randrange(256)
            case 1:
                found[at:at] = chance.choice(WORDS)
            case 2:
                del found[at : min(to, at + chance.choice((1, 8, 512)))]
            case 3:
                found[at:at] = found[at : min(to, at + 600)]
            case 4:
                found[at : at + 8] = chance.choice(WORDS)
            case _:
                found[at:at] = chance.choice(WORDS) * chance.choice((1, 2, 50))
    return bytes(found)


def tried(reader: Reader, count: int, chance: Random, folder: Path) -> tuple[int, int, float]:
    """How many were taken, how many failed without a word, and how much longer than usual the slowest took."""
    taken, wrong, seconds, file = 0, 0, list[float](), folder / reader.name
    for _ in range(count):
        file.write_bytes(bent(chance, chance.choice(reader.samples)))
        began = time.process_time()
        try:
            reader.read(file)
            taken += 1
        except (KikoriError, Damaged):
            pass
        except Exception:
            wrong += 1
            traceback.print_exc()
            print(repr(file.read_bytes()[:2000]), file=sys.stderr)
        seconds.append(time.process_time() - began)
    return taken, wrong, max(seconds) / median(seconds)


def main() -> None:
    """Print a table."""
    count, seed = map(int, [*sys.argv[1:], *("60000", "1")[len(sys.argv) - 1 :]])
    chance, wrong = Random(seed), 0  # noqa: S311 - the same again
    print("| reader | bent files | taken | failed without a word | slowest of usual |\n|---|---|---|---|---|")
    every = readers()
    with tempfile.TemporaryDirectory() as name:
        for reader in every:
            taken, bad, ratio = tried(reader, count // len(every), chance, Path(name))
            wrong += bad
            print(f"| {reader.name} | {count // len(every)} | {taken} | {bad} | {ratio:.0f} |", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
