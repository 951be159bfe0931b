"""Keys in texts: the database holds a hash of each, and what hashes to it in a text is the key.

Nothing here is Kikori's, so that a program beside the server can be handed this text, too.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote, unquote

BETWEEN = re.compile(r"[\s\"'`]+")
CODED = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
WITHIN = re.compile(r"[=:@;,/&?(){}\[\]<>|]")
MOST_PARTS = 14


def hashed(key: str) -> str:
    """What MariaDB holds of a key (mysql_native_password)."""
    return "*" + hashlib.sha1(hashlib.sha1(key.encode()).digest()).hexdigest().upper()  # noqa: S324  # it is MariaDB's


def decoded(text: str) -> Iterator[str]:
    """A text as it is, and what its words say that are in base64 or in the figures of bytes."""
    yield text
    for word in {*CODED.findall(text), *CODED.findall("".join(text.split()))}:
        for way in (base64.b64decode, bytes.fromhex):
            with suppress(ValueError):
                yield way(word).decode()


def parts(text: str) -> Iterator[str]:
    """All that may be a key in a text: words, and what stands between two marks of a word."""
    for word in set(BETWEEN.split(text)):
        marks = [-1, *[one.start() for one in WITHIN.finditer(word)][:MOST_PARTS], len(word)]
        yield from {word[a + 1 : b] for a in marks for b in marks if b - a > 5}
    yield from text.splitlines()


def found_in(text: str, wanted: set[str]) -> dict[str, str]:
    """The keys in a text, by what the database holds of them."""
    told = {part for form in decoded(text) for part in parts(form)}
    seen = {hashed(part): part for part in told | set(map(unquote, told))}
    return {held: seen[held] for held in wanted & seen.keys()}


def written(key: str) -> set[str]:
    """How a key may be written down, among other letters too."""
    urls = {quote(key, safe=""), quote(key, safe="/")}
    coded = {
        base64.b64encode(b"\0" * before + key.encode()).decode()[(before * 8 + 5) // 6 : (before + len(key)) * 8 // 6]
        for before in range(3)
    }
    coded |= {one.replace("+", "-").replace("/", "_") for one in coded}
    figures = key.encode().hex()
    return {key, figures, figures.upper(), *urls, *(url.replace("%", "%25") for url in urls), *coded}
