"""What people see of a text that others wrote, and which names they can tell apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

UNCOMMON = re.compile(r"[^\x20-\x7e\n\t]")
SPACES = "\u00a0\u3000"
"""Blanks besides our own: the one that does not break, and that of Japanese."""
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Letters, marks and signs by their category, of which nothing is seen."""
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They choose among forms of one letter, as input methods do for some Japanese names."""
IN_NAMES = frozenset(" '’-‐_.,·・()@+&#")
"""What a name may have besides letters, their marks and digits."""
TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
"""Scripts that are written side by side (Unicode Technical Standard 39, "highly restrictive")."""
PAIRS = (
    ("АВЕКМНОРСТУХІЈЅԌԚԜҮЗаеорсухіјѕһԁԛԝѵӏк", "ABEKMHOPCTYXIJSGQWY3aeopcyxijshdqwvlk"),  # Cyrillic
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορσυχϲϳ", "ABEZHIKMNOPTYXayikvopouxcj"),  # Greek
    ("ՕՍՏԼօսոհցզ", "OUSLounhgq"),  # Armenian
    ("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ", "ABCDEGHJKLMPRSTVWZ"),  # Cherokee
    ("ıɑɡ", "iag"),  # Latin itself
    ("ロニカエタトハヘー", "口二力工夕卜八へ一"),  # kana, and what they look like in Japanese
)
"""Letters that look like others (from Unicode's list of confusables)."""
ALIKE = {ord(one): ord(other) for ones, others in PAIRS for one, other in zip(ones, others, strict=True)}

ACTIVE = re.compile(r"([\\`*_\[\]<>&|~])")
"""What makes links, images, code and HTML of a text in Markdown."""


def visible(text: object) -> str:
    """Show what can't be seen of a text, such as ``‹U+202E›``; lines may end as on Windows."""
    lines = str(text).replace("\r\n", "\n")
    return UNCOMMON.sub(lambda found: found[0] if is_seen(found[0]) else f"‹U+{ord(found[0]):04X}›", lines)


def harmless(text: str) -> str:
    """Put one sign in the place of whatever can't be seen of a text."""
    return UNCOMMON.sub(lambda found: found[0] if is_seen(found[0]) else "\N{REPLACEMENT CHARACTER}", text)


def width(text: str) -> int:
    """Count the columns that a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def plain_markdown(text: str) -> str:
    """Write a text as one line of Markdown in which nothing is a link, an image, code or HTML."""
    return ACTIVE.sub(r"\\\1", visible(" ".join(text.split())))


def is_seen(letter: str) -> bool:
    """Say whether a character takes room and leaves the others in their order."""
    return letter in SPACES or (letter.isprintable() and not BLANK.match(letter))


def plain_name(name: str) -> str:
    """Write a name on one line, the same for all ways to write it."""
    return " ".join(SELECTORS.sub("", unicodedata.normalize("NFKC", name)).split())


def not_of_a_name(name: str) -> str:
    """List what no name has, each once: all but letters, their marks, digits and a few signs."""
    odd = (letter for letter in name if letter not in IN_NAMES and not _may_name(letter))
    return visible("".join(dict.fromkeys(odd)))


def _may_name(letter: str) -> bool:
    return is_seen(letter) and (unicodedata.category(letter)[0] in "LM" or letter.isdecimal())


def same_name(name: str) -> str:
    """Fold a name so that all ways to write it are equal."""
    return plain_name(name).casefold()


def look_of(name: str) -> str:
    """Fold a name so that those which look alike are equal."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKD", plain_name(name)) if is_seen(letter))
    return " ".join(unicodedata.normalize("NFC", seen.translate(ALIKE)).casefold().split())


def is_mixed(name: str) -> bool:
    """Say whether a name has letters of scripts that nobody writes side by side."""
    letters = (letter for letter in plain_name(name) if letter.isalpha())
    scripts = {re.split("[ -]", unicodedata.name(letter, "?"))[0] for letter in letters} - {"MODIFIER", "IDEOGRAPHIC"}
    return len(scripts) > 1 and not any(scripts <= known for known in TOGETHER)


def doubtful_names(names: Iterable[str]) -> frozenset[str]:
    """Pick the names that are not what they seem: hidden or mixed letters, or the look of another one."""
    known = frozenset(names)
    looks = Counter(map(look_of, known))
    return frozenset(name for name in known if visible(name) != name or is_mixed(name) or looks[look_of(name)] > 1)
