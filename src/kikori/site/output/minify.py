"""A page without what no reader sees: blank lines, and spans of the same colour as what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?</\1>", re.DOTALL)
"""Where a space counts."""
BREAK = re.compile(r"\n\s*")
TOKEN = re.compile(r'<span class="([a-z][a-z0-9]{0,2})">([^<]*)</span>')
"""What Pygments tells apart."""
EMPTY = "<span></span>"
"""What Pygments begins each block with, for browsers of old."""
COLOURS = {
    "s": "s s1 s2 sb sc si ss cpf l",
    "se": "se sh sr sx cp",
    "m": "m mb mf mh mi mo il",
    "k": "k kd kn kp kr kt nd ni nl nt",
    "nb": "nb bp no",
    "nf": "nf nc ne nn",
    "o": "o ow p na nv vc vg vi c c1 ch cm cs sd ge gh go gp gr gs gt gu",
    "": "n kc nx w err x",
}
"""The classes that the theme paints alike, under the shortest of them; the last are as all text is."""
SHORTEST = {name: colour for colour, names in COLOURS.items() for name in names.split()}


def minified(page: str) -> str:
    """Leave out of a page what no reader sees."""
    found, done = [], 0
    for kept in KEPT.finditer(page):
        found += [BREAK.sub("\n", page[done : kept.start()]), _code(kept[0]) if kept[1] == "pre" else kept[0]]
        done = kept.end()
    return "".join([*found, BREAK.sub("\n", page[done:])]).lstrip()


def _code(block: str) -> str:
    """Paint code with a span for each colour, not for each token."""
    painted = groupby(_pieces(block.replace(EMPTY, "", 1)), key=itemgetter(0))
    texts = ((colour, "".join(text for _, text in pieces)) for colour, pieces in painted)
    return "".join(f'<span class="{colour}">{text}</span>' if colour else text for colour, text in texts)


def _pieces(block: str) -> Iterator[tuple[str, str]]:
    """Yield each text with its colour; a space has that of what stands before it."""
    colour, done = "", 0
    for token in TOKEN.finditer(block):
        before, done = block[done : token.start()], token.end()
        if before.strip():
            colour = ""
        yield colour, before
        if token[2].strip():
            colour = SHORTEST.get(token[1], token[1])
        yield colour, token[2]
    yield "", block[done:]
