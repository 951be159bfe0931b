"""Tell which errors a row of the timeline names or quotes that the log does not have by then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from form import plain

if TYPE_CHECKING:
    from night import Night

COUNTED = r"(?:requests?|orders?|customers?|carts?|pages?|times|seconds?|s\b|件|人|回|名|秒)"
CALLED = re.compile(
    r"(?:\b\w{0,40}errors?|\berrno|\bcode|エラー)(?: ?(?:code|number|no\.?|番号|コード))? ?[:#(]? ?"
    rf"(\d{{4}})(?!\d|[:,.]\d| ?{COUNTED})"
)
"""A number that is called one of an error: those of databases have four digits."""
STATUS = re.compile(
    r"(?:\berror|\bstatus|\bhttp|エラー|ステータス)(?: code| ?コード)? ?([45]\d\d)(?![\d:,.]|-| ?(?:件|人|回|s\b))"
)
"""A number that is called one of a web server's answer."""
IN_BRACKETS = re.compile(r"\((\d{4})(?:\)|, ?['\"])")
"""A number as the log has those of errors."""
QUOTED = re.compile(
    r"\"([^\"]{1,200})\"|“([^”]{1,200})”|‘([^’]{1,200})’|「([^」]{1,200})」|『([^』]{1,200})』|`([^`]{1,200})`"
)
WORD = re.compile(r"[a-z]{3,}")
SMALL = {"the", "and", "for", "from", "with", "was", "were", "are", "has", "had", "that", "this"}
"""Words that a quotation may have beside those of its source."""
FEWEST, FEWEST_OF_CODE = 2, 3
"""From how many words on a quotation is one, and not a name; `code` marks names of two words as well."""
LATER = 180
"""How many seconds after its time a row tells what came of something, at most."""


def unlogged_number(text: str, sources: set[str], moments: Sequence[int], night: Night) -> str:
    """Give the number of an error of a row that the log does not have by then; empty where there is none."""
    said = plain(text)
    named = [(one, False) for one in CALLED.findall(said) + STATUS.findall(said)]
    named += [(one, True) for one in IN_BRACKETS.findall(said) if "log" in sources]
    known, others = night.errors(max(moments) + LATER), night.numbers
    return next((one for one, is_bare in named if one not in known and not (is_bare and one in others)), "")


def unlogged_words(text: str, sources: set[str], moments: Sequence[int], night: Night) -> str:
    """Give what a row with the log as its source quotes that its sources do not say by then; empty where none is.

    The chat is told in other words as well, so nothing is held against a row that names it.
    """
    if "log" not in sources or "chat" in sources:
        return ""
    heard = night.words_of(sources, max(moments) + LATER)
    heard |= SMALL | {f"{one}s" for one in heard} | {one.removesuffix("s") for one in heard}
    return next((one for one in _quotations(text) if not {*WORD.findall(plain(one))} <= heard), "")


def _quotations(text: str) -> Iterator[str]:
    """What stands between quotation marks in English: an error, and no name."""
    for found in QUOTED.finditer(text):
        said = next(one for one in found.groups() if one)
        words = sum(bool(WORD.search(plain(one))) for one in said.split())
        if words >= (FEWEST_OF_CODE if found[6] else FEWEST):
            yield said
