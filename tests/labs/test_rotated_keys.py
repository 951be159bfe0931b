"""What rotate-the-key's grader says of keys: which tell of each other, where one is, who reads it. No Docker."""

from __future__ import annotations

import gzip
import secrets
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths

GRADER = paths.ROOT / "graders" / "rotate-the-key"
MODULES = ("words", "guesses", "needs", "likeness", "keys", "commands", "watching")
KEY = "k7P/9fTq+Wz2=Lx5bN"
HEX = "4f1be07a92c3d586e19407bc5af2d368"
ALPHABETS = ("0123456789abcdef", "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.fixture(scope="module")
def grader() -> Iterator[Any]:
    """The grader's own modules, which have names that others have too."""
    before = {name: sys.modules.pop(name) for name in MODULES if name in sys.modules}
    sys.path.insert(0, str(GRADER))
    try:
        yield SimpleNamespace(**{name: import_module(name) for name in MODULES})
    finally:
        sys.path.remove(str(GRADER))
        for name in MODULES:
            sys.modules.pop(name, None)
        sys.modules.update(before)


@pytest.mark.parametrize(
    "made",
    [
        lambda key: key[::-1],
        lambda key: key[11:] + key[:11],
        lambda key: "".join(sorted(key)),
        lambda key: "".join(Random(3).sample(key, len(key))),  # no secret
        lambda key: key.upper(),
        lambda key: "new-" + key,
        lambda key: key[:10] + secrets.token_hex(6),
        lambda key: secrets.token_hex(6) + key[-10:][::-1],
        lambda key: key + secrets.token_hex(16),
        lambda key: "".join(f"{15 - int(one, 16):x}" for one in key),
        lambda key: "".join(chr(ord(one) ^ 1) for one in key),
        lambda key: b64encode(key.encode()).decode(),
        lambda key: key.encode().hex(),
    ],
)
def test_a_key_that_is_another_one_rearranged_tells_of_it(grader: Any, made: Callable[[str], str]) -> None:
    assert grader.likeness.tells(made(HEX), HEX)
    assert grader.likeness.tells(HEX, made(HEX))


@pytest.mark.slow
@pytest.mark.parametrize("letters", ALPHABETS)
def test_keys_that_were_drawn_tell_nothing_of_each_other(grader: Any, letters: str) -> None:
    drawn = Random(letters)  # no secret
    pairs = [["".join(drawn.choices(letters, k=16)) for _ in range(2)] for _ in range(2000)]
    assert not [pair for pair in pairs if grader.likeness.tells(*pair)]


@pytest.mark.parametrize(
    ("before", "next_before"),
    [
        ("packer-", "report-"),
        ("nursery-packer-", "nursery-report-"),
        ("packer_a-", "packer_a-"),
        ("packer.nursery.", "report.nursery."),
        ("packer-2026-12-01-", "report-2026-12-01-"),
    ],
)
def test_a_name_or_a_day_before_a_drawn_key_tells_nothing(grader: Any, before: str, next_before: str) -> None:
    drawn = Random(before)  # no secret
    one, other = ("".join(drawn.choices("0123456789abcdef", k=40)) for _ in range(2))
    assert not grader.likeness.tells(before + one, next_before + other)


@pytest.mark.parametrize("before", ["{}.nursery.", "{}-2026-12-01-", "nursery-{}-"])
def test_names_and_days_do_not_count_as_letters_of_a_key(grader: Any, before: str) -> None:
    assert grader.likeness.tells(before.format("packer") + HEX[:10], before.format("report") + HEX[-10:])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, b64encode, lambda data: gzip.compress(b64encode(data))])
def test_a_key_is_found_where_it_is_packed(grader: Any, pack: Callable[[bytes], bytes]) -> None:
    wanted = [one.encode() for one in grader.words.written(KEY)]
    assert grader.keys.holds(pack(f"DB_USER='nursery'\nDB_KEY='{KEY}'\n".encode()), wanted)
    assert not grader.keys.holds(pack(b"DB_USER='shop_a'\n" * 20), wanted)


def watched(grader: Any, root: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """What one look at a container's root gives, and a second one on top of it."""
    watch = grader.commands.Watch(str(root), ["/srv/keys", "/nowhere"])
    for _ in range(2):
        watch.processes()
        watch.files()
    return grader.watching.seen(capsys.readouterr().out + '{"command": "cut o')


@pytest.mark.parametrize(("mode", "able"), [(0o644, ["shop", "packer"]), (0o640, ["packer"]), (0o400, [])])
def test_a_key_is_seen_while_a_file_is_open(
    grader: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], mode: int, able: list[str]
) -> None:
    (tmp_path / "proc").mkdir()
    key = tmp_path / "srv" / "keys" / "packer.cnf"
    key.parent.mkdir(parents=True)
    key.write_text(f"[client]\npassword = {KEY}\n", encoding="utf-8")
    key.chmod(mode)
    seen = watched(grader, tmp_path, capsys)
    everybody = [
        grader.keys.User("shop", 60001, frozenset({60001})),
        grader.keys.User("packer", 60002, frozenset({key.stat().st_gid})),
    ]
    wanted = {grader.words.hashed(KEY)}
    assert [one.able for one in seen.readable(wanted, everybody, ())] == ([able] if able else [])
    assert bool(list(seen.readable(wanted, everybody, ("shop", "packer")))) == (len(able) > 1)
    assert not list(seen.readable({grader.words.hashed(HEX)}, everybody, ()))


def test_keys_are_found_in_the_environments_of_others_than_root(
    grader: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, user, word in ((7, 0, HEX), (8, 60001, KEY)):
        process = tmp_path / "proc" / str(number)
        process.mkdir(parents=True)
        (process / "cmdline").write_bytes(b"shop\x008001\0")
        (process / "status").write_bytes(b"Name:\tshop\nUid:\t%d\t%d\t0\t0\n" % (user, user))
        (process / "environ").write_bytes(f"DB_USER=shop_a\0DB_KEY={word}\0".encode())
    seen = watched(grader, tmp_path, capsys)
    assert seen.commands == "shop 8001 "
    wanted = {grader.words.hashed(word) for word in (KEY, HEX)}
    everybody = [grader.keys.User("shop", 60001, frozenset())]
    assert seen.in_environments(wanted, everybody) == {"shop": {grader.words.hashed(KEY)}}
    assert set(seen.in_environments(wanted, ())) == {"60001"}
