"""Reads what is named by a number or a letter, and the words around a number of days."""

from __future__ import annotations

import re

from filled_form import asides
from filled_form.reader import plain
from filled_form.values import any_word, number, units
from words import PEOPLE, SRE, TEAMS

DAYS = units(
    "d day days working work person persons of this each every per a quarter quarters after from then on later "
    "altogether we us our man free left available",
    "使える|残り|日間|人日|営業日|今期|四半期|次の期から|ごと|毎期|期|[日人分にでは]",
)
"""Words that people write around a number of days."""
SHARE = units("pt percent per cent of all pairs pair alike agree agreed answers two people", "割合|一致|組|は")
"""Words that people write around a share."""
DAY_UNIT, SHARE_UNIT = r"(?:working )?(?:d|days?)|人?日間?", "%|pt|per ?cent|パーセント"
"""What people write behind a second number in a bracket."""
PERCENT = re.compile(r"%|percent|per cent|パーセント")
NAMES = units(
    "and of a s our their his her team teams work works both all those who are on call old new weekly monthly "
    "develop developers write writes wrote ask asked company customer customers customers' people move moving clean-up "
    "clean up cleanup clean-ups handmade by hand for to wait waits waiting only staff engineers department day days",
    "と|や|および|チーム|部門|部署|仕事|作業|整理|片付け|移行|引っ越し|書|毎月|毎週|会社|お客様|さん|係|両方|担当|当番|開発者|人|だけ|のみ|日|分|を(?:止める|やめる|休む)|・",
)
"""Words that join names, and stand around them."""
LABEL = re.compile(r"(?<![a-z0-9])([mr]) ?-?(\d{1,2})(?!\d)")
ASKED = re.compile(
    r"(?:(?<![\w])#|\bno\.? ?#?|\bnr\.? ?|\brequests? #?|\bnumbers? #?|\bletters? #?|頼みごと ?#?|依頼 ?#?|番号 ?#?)"
    r"(\d{1,2}(?:(?: ?,| and| or| ?&| ?と| ?、| ?/| ?・)(?: and)? ?#?\d{1,2})*)(?![\d])(?! ?(?:days|日|weeks|週|%))"
)
ASKED_JA = re.compile(r"(?<!\d)(\d{1,2}) ?番(?!目)")

NOT_AT_ALL = re.compile(r"(?:nothing|none|特になし|なし|無し)(?:$| ?[;.,:、。])")
DONE = re.compile(
    r"(?:^|[;.,:] ?|\band )(?:(?:request )?#?\d{1,2}|that|this|it) (?:is|will be|gets) "
    r"(?:also |still |all the same )?done"
    r"(?: by us\b| as well\b| too\b| anyway\b| after all\b| all the same\b|$|[.;,])"
)
DONE_JA = re.compile(r"\d{1,2}番? ?(?:も|は|を)(?:、)?(?:引き受ける|する|行う|受ける|やる|作る)(?:$|[。、.,])")
"""That something is done, where it is to be told what is not."""


def taken_back(text: str, *, is_share: bool) -> str:
    """Give the bracket that puts another number beside that of a cell, or takes it back; else nothing."""
    around, unit = (SHARE, SHARE_UNIT) if is_share else (DAYS, DAY_UNIT)
    one = number(text, around).one
    return asides.taken_back(text, unit, lambda second: bool({*one} & {*number(second, around).one}))


def is_done_after_all(text: str) -> bool:
    """Tell whether a text that is to say what is not done says that something is."""
    said = plain(text)
    return bool(NOT_AT_ALL.match(said) or DONE.search(said) or DONE_JA.search(said))


def has_person(text: str) -> bool:
    """Tell whether a text names one of the people of the letters; in katakana as a word of its own."""
    latin = any_word(text, [one for one in PEOPLE if one.isascii()])
    japanese = "|".join(one for one in PEOPLE if not one.isascii())
    return latin or bool(re.search(rf"(?<![\u30a1-\u30ff])(?:{japanese})(?![\u30a1-\u30ff])", plain(text)))


def is_either(text: str) -> bool:
    """Tell whether a cell names one owner or another, and doesn't settle which."""
    owners = "|".join(re.escape(word) for words in (SRE, *TEAMS.values()) for word in words)
    either = r"(?: ?[,、] ?)?(?:\bor\b|または|あるいは|もしくは|それとも|か、?)"
    return bool(
        re.search(rf"(?:{owners})(?:'s?)?(?: ?team|の?チーム|の?人)? ?{either} ?(?:the )?(?:{owners})", plain(text))
    )


def cited(text: str) -> set[str]:
    """Give the sentences that a text cites, such as M1."""
    return {f"{kind.upper()}{int(number)}" for kind, number in LABEL.findall(plain(text))}


def requests(text: str) -> set[int]:
    """Give the numbers of requests that a text names: #4, request 4, 4番."""
    said = plain(text)
    runs = [*ASKED.findall(said), *ASKED_JA.findall(said)]
    return {int(one) for run in runs for one in re.findall(r"\d+", run)}


def first_number(text: str) -> set[int]:
    """Give the number with which a text begins, a word or two before it."""
    found = re.match(r"\D{0,24}(\d{1,2})(?!\d)", plain(text))
    return {int(found[1])} if found else set()
