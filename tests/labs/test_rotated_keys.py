"""What rotate-the-key's grader says of keys: which of them tell of each other, and where one is. No Docker."""

from __future__ import annotations

import gzip
import secrets
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from importlib import import_module
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths

GRADER = paths.ROOT / "graders" / "rotate-the-key"
MODULES = ("words", "likeness", "keys")
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
        lambda key: key[:10] + secrets.token_hex(16),
        lambda key: secrets.token_hex(16) + key[-10:][::-1],
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


@pytest.mark.parametrize("pack", [bytes, gzip.compress, b64encode, lambda data: gzip.compress(b64encode(data))])
def test_a_key_is_found_where_it_is_packed(grader: Any, pack: Callable[[bytes], bytes]) -> None:
    wanted = [one.encode() for one in grader.words.written(KEY)]
    assert grader.keys.holds(pack(f"DB_USER='nursery'\nDB_KEY='{KEY}'\n".encode()), wanted)
    assert not grader.keys.holds(pack(b"DB_USER='shop_a'\n" * 20), wanted)
