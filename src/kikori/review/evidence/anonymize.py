"""Names taken out of a text, so that who wrote it is not read with it.

What is found is what a machine can know: names, logins, addresses, attempts. A hint that only a friend understands
stays; nothing here promises more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kikori.review.web.file_templates import words
from kikori.settings import Lang

ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
PROMPT = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,64}(?=[: ]?[~/])")
HOME = re.compile(r"(?<=/home/)[^/\s:]{1,64}|(?<=/Users/)[^/\s:]{1,64}")
SHORTEST_PART = 3
SHORTEST_ID = 6
COMMON = 4
"""In so many texts a name is a word of the language, such as that of somebody who is called ``web``."""


def without(names: Iterable[str], text: str, who: str, lang: Lang) -> str:
    """A text in which each of the names is replaced by a word such as ``the author``."""
    folded = text.casefold()
    found = sorted({name for name in names if _perhaps_in(name, folded)}, key=len, reverse=True)
    if not found:
        return text
    return re.sub("|".join(map(_whole, found)), words("peers", lang)[who], text, flags=re.IGNORECASE)


def _perhaps_in(name: str, folded: str) -> bool:
    """Whether it is worth a search: a class has many names, and a text few of them."""
    words_of = name.casefold().split()
    return bool(words_of) and all(word in folded for word in words_of)


def _whole(name: str) -> str:
    """A name where it stands for itself: Japanese goes on without a space, so only letters of one kind bound it."""
    before = r"(?<![0-9A-Za-z])" if re.match(r"[0-9A-Za-z]", name) else ""
    after = r"(?![0-9A-Za-z])" if re.search(r"[0-9A-Za-z]\Z", name) else ""
    return before + r"\s+".join(map(re.escape, name.split())) + after


def parts(name: str) -> list[str]:
    """A name, and the words that it is made of."""
    return [name, *(part for part in re.split(r"[\W_]+", name) if len(part) >= SHORTEST_PART)]


def nameless(text: str, author: str, attempt: str, others: Sequence[str], lang: Lang) -> str:
    """A text without its author's name, login, addresses and attempt, and without the names of others of the class."""
    t = words("peers", lang)
    own = parts(author)

    def address(found: re.Match[str]) -> str:
        local = found[0].partition("@")[0]
        return t["author"] if without(own, local, "author", lang) != local else t["address"]

    text = ADDRESS.sub(address, text)
    text = PROMPT.sub(t["author"], text)
    text = HOME.sub(t["author"], text)
    text = without([attempt] if len(attempt) >= SHORTEST_ID else [], text, "attempt", lang)
    text = without(own, text, "author", lang)
    return without(others, text, "peer", lang)


def true_names(names: Iterable[str], texts: Sequence[str]) -> list[str]:
    """The names that may be taken out of everybody's text: none that is a word which many of them use."""
    folded = [text.casefold() for text in texts]
    return [name for name in names if len(name) >= SHORTEST_PART and _texts_with(name, folded) < COMMON]


def _texts_with(name: str, folded: Sequence[str]) -> int:
    pattern = re.compile(_whole(name.casefold()))
    return sum(_perhaps_in(name, text) and bool(pattern.search(text)) for text in folded)
