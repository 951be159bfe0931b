"""What keep-the-evidence takes for a line about a file, and for an excerpt of a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("keep-the-evidence", code=STANDS_ON)


@pytest.fixture(scope="module")
def town() -> Iterator[Import]:
    with modules_of(paths.ROOT / "labs" / "keep-the-evidence" / "images" / "town") as load:
        yield load


DISK = [f"1970-01-12+13:{at // 60:02}:{at % 60:02}.0 root /etc/nginx/file-{at}" for at in range(3600)]
ROOTS_OWN = "/etc/ssh/keys/root"


def test_who_is_called_as_a_file_is_tells_nothing_of_it(town: Import) -> None:
    written = town("evidence").times(1000000)
    own = "1970-01-12+13:46:40.0 root /etc/ssh/keys/root"
    assert town("evidence").says_when(ROOTS_OWN, written, "\n".join([*DISK, own]))
    assert not town("evidence").says_when(ROOTS_OWN, written, "\n".join(DISK))
    folder = "total 4\ndrwxr-xr-x 2 root root 4096 1970-01-12 10:00:00 .\n-rw-r--r-- 1 root root 81 {} root"
    assert town("evidence").says_when(ROOTS_OWN, written, folder.format("1970-01-12 13:46:40"))
    assert not town("evidence").says_when(ROOTS_OWN, written, folder.format("1970-01-12 13:46:41"))
    assert town("evidence").says_when(ROOTS_OWN, written, "root 1970-01-12 13:46:40")


def test_stats_of_other_files_of_roots_deny_nothing(town: Import) -> None:
    def disputed(*texts: str) -> bool:
        pieces = [town("pieces").Piece(6.0, f"{at}", "stat", None, text.encode()) for at, text in enumerate(texts)]
        told: bool = town("contradictions").is_disputed(ROOTS_OWN, [], pieces, lambda text: "13:46:40" in text)
        return told

    stat = (
        "  File: {}\nAccess: (0644/-rw-r--r--)  Uid: (    0/    root)   Gid: (    0/    root)\nModify: 1970-01-12 13:{}"
    )
    others = [stat.format(f"/etc/nginx/file-{at}", f"10:{at:02}") for at in range(50)]
    assert not disputed(*others, stat.format(ROOTS_OWN, "46:40"))
    assert disputed(*(stat.format(ROOTS_OWN, f"10:{at:02}") for at in range(50)))
    assert disputed(*(f"root 1970-01-12 13:10:{at:02}" for at in range(50)))


def test_a_copy_without_what_looks_like_noise_is_an_excerpt(town: Import) -> None:
    def piece(top: str, path: str, lines: list[str]) -> Any:
        return town("pieces").Piece(9.0, top, path, None, "\n".join(lines).encode())

    ssh = [f"1970-01-12_13:46:{at:02}.1 from 10.0.0.2 port {at} [{'pre' * (at % 2)}auth]" for at in range(60)]
    web = [f'10.0.0.2 - - [12/Jan/1970:13:46:{at:02} +0000] "GET /{at}.jpg"' for at in range(60)]
    there = [piece("sshd.tar", "sshd/current", ssh), piece("access.tar", "nginx/access.log", web)]
    there += [piece("access.tar", "nginx/error.log", [f"{line} failed" for line in web])]
    left = [town("excerpts").left_out(name, there, there, 1000020.0) for name in ("sshd", "access", "jobs")]
    assert left == [[0, None]] * 3
    apart = [piece("a", "a", ssh[:30]), piece("b", "b", [*ssh[20:40], *web[:41]])]
    assert town("excerpts").left_out("sshd", there, apart, 999999.0) == [0, None]
    excerpt = [piece("a", "a", [line for line in ssh if "preauth" not in line])]
    assert town("excerpts").left_out("sshd", there, excerpt, 999980.0) == [10, 999961]
    assert town("excerpts").left_out("access", there, apart, 1000020.0) == [19, 1000001]
