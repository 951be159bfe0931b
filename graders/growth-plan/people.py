"""Tell what a person's name looks like, and whether it may be another way to write the planner's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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
ROLES = frozenset(
    re.findall(
        r"[a-z]+",
        "admin administrator anybody anyone apprentice assistant candidate client colleague coordinator coworker "
        "department desk devops group helpdesk office ops shift squad support "
        "customer ceo cto developer director employee engineer everybody everyone expert graduate hire intern joiner "
        "lead leader maintainer manager member mentee mentor newcomer nobody oncall operator owner people person "
        "reviewer rookie somebody someone specialist sponsor sre staff starter stakeholder student successor "
        "supervisor tba tbd team teammate technician trainee user vacancy volunteer whoever",
    )
)
"""What somebody does, or is to others: no name has one of these words."""
WEAK = frozenset(
    re.findall(
        r"[a-z]+",
        "a an another any boss buddy call chief first friend guest head her his i junior mate me my myself new next "
        "old on one other our peer second senior some the their third unknown vacant you young your",
    )
)
"""What may be a word of a name, and is no name where all words are such."""
JAPANESE_ROLES = re.compile(
    "上司|新人|新入|新卒|リーダー?|マネー?ジャー?|担当|先輩|後輩|同僚|部下|誰か|誰|未定|メンバー?|チーム|責任者|当番|開発者|候補|後任|自分"
    "|社員|スタッフ|エンジニア|インターン|ディレクター|部署|(?:部長|課長|係長|室長|班長|社長|会長|主任|店長|課|係|班)(?:さん|様)?$"
)
MOST_WORDS, MOST_LETTERS = 5, 40
PRONOUN = re.compile(r"\b(?:s?he|they|her|hers|his|him|their|them)\b", re.IGNORECASE)
CALLED = re.compile(r"\b([A-Z][a-zß-ÿ]+)(?:['’]s)?(?![a-z])|[\u3400-\u9fff々ァ-ヺー]{1,6}(?:さん|氏|様)")
"""What may be somebody's name in a sentence."""
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


def is_role(name: str) -> bool:
    """Tell whether what stands for a name is, or has, a word for what somebody does or is to others."""
    words = [re.sub(r"['’]s$|\.", "", one) for one in plain(name).split()]
    parts = {part for one in words for part in one.split("-")}
    return not ROLES.isdisjoint(parts) or parts <= WEAK or any(map(JAPANESE_ROLES.search, words))


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


def without_names(text: str, persons: Iterable[str], kept: Iterable[str]) -> str:
    """Leave out of a sentence who is named in it, and keep some words that are no person's name."""
    for one in sorted(persons, key=len, reverse=True):
        whole = rf"(?<![a-z]){re.escape(one)}(?:['’]s)?(?![a-z])(?:さん|氏|様)?"
        text = re.sub(whole, " ", text, flags=re.IGNORECASE)
    words = {word for one in kept for word in plain(one).split()}
    shown = CALLED.sub(lambda found: found[0] if plain(found[1] or "") in words else " ", text)
    return PRONOUN.sub(" ", shown)
