"""Tell what a person's name looks like, and whether it may be another way to write the planner's."""

from __future__ import annotations

import re
import unicodedata

from filled_form.alone import alone
from filled_form.blanks import NOBODY
from filled_form.reader import JAPANESE, plain

WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
"""A word of a name in letters, or one that is cut off."""
PREFIX = re.compile(r"^(?:[dl]['’]|al-|el-)")
PARTICLES = frozenset(
    {"af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el"}
    | {"ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu"}
)
"""What has a small letter in a name."""
KANJI, HIRAGANA, KATAKANA = r"[\u3400-\u9fff々ヶ]", "[ぁ-ゖー]", "[ァ-ヺー・]"
WRITTEN = re.compile(rf"{KANJI}*(?:{HIRAGANA}*|{KATAKANA}*){KANJI}*")
"""A Japanese name: characters, then a reading, as in 森, 愛子, みどり, 鈴木ゆう子."""
GROUP = re.compile(r"(?=.*[^\W\d_])[\w'’&./・-]+(?: [\w'’&./・-]+)*")
"""What a group may be called: words without a sign that divides names."""
MOST_WORDS, MOST_LETTERS = 5, 40
POLITE = re.compile(r"(?<=.)(?:さん|氏|様|君|くん)$")


def is_person(name: str) -> bool:
    """Tell whether a name looks like a person's: capital letters and particles, or a Japanese name."""
    words = name.split()
    short = 0 < len(words) <= MOST_WORDS and len(name) <= MOST_LETTERS
    return short and alone(name) not in NOBODY and all(map(_is_word, words)) and any(map(_is_large, words))


def _is_word(word: str) -> bool:
    if JAPANESE.search(word):
        return bool(WRITTEN.fullmatch(word))
    return bool(WORD.fullmatch(word)) and (_is_large(word) or word in PARTICLES)


def _is_large(word: str) -> bool:
    return not PREFIX.sub("", word)[:1].islower()


def is_group(name: str) -> bool:
    """Tell whether a group may be called so."""
    return bool(GROUP.fullmatch(name)) and len(name) <= MOST_LETTERS and alone(name) not in NOBODY


def writings(name: str) -> tuple[str, ...]:
    """Give the ways in which one may write a name of the list: a Japanese one politely, and without its space."""
    if not JAPANESE.search(name):
        return (name,)
    return tuple(one + ending for one in (name, name.replace(" ", "")) for ending in ("", "さん"))


def words_of(name: str) -> list[str]:
    """Give the words of a name as they are compared: without accents, and without what is polite."""
    said = POLITE.sub("", plain(name))
    if not JAPANESE.search(said):
        said = "".join(sign for sign in unicodedata.normalize("NFKD", said) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", said)


def is_short_for(short: str, whole: str) -> bool:
    """Tell whether one name may stand for another: by its words in any order, or by initials of them."""
    some, all_of = words_of(short), words_of(whole)
    if not some:
        return False
    if JAPANESE.search(short + whole):
        return _is_cut("".join(some), some, all_of)
    if len(some) == 1 and len(all_of) > 1 and sorted(some[0]) == sorted(one[0] for one in all_of):
        return True
    for word in sorted(some, key=len, reverse=True):
        fitting = [one for one in all_of if one == word] or [one for one in all_of if one[0] == word]
        if not fitting:
            return False
        all_of.remove(fitting[0])
    return True


def _is_cut(joined: str, some: list[str], all_of: list[str]) -> bool:
    """The same of Japanese names, which are written with a space or without."""
    whole = "".join(all_of)
    if len(all_of) > 1:
        return {*some} <= {*all_of} or joined in (whole, "".join(reversed(all_of)))
    is_turned = len(joined) == len(whole) and joined in whole + whole
    return is_turned or all(whole.startswith(one) or whole.endswith(one) for one in some)


def may_be(name: str, planner: str) -> bool:
    """Tell whether two names may be one person's."""
    return is_short_for(name, planner) or is_short_for(planner, name)


def is_named_in(planner: str, title: str) -> bool:
    """Tell whether a title has the planner's name, or a word of it."""
    said = POLITE.sub("", plain(planner))
    parts = [said, said.replace(" ", ""), *re.findall(r"[^\W_]+", said)]
    return any(re.search(rf"(?<![a-z]){re.escape(one)}(?![a-z])", plain(title)) for one in parts)
