"""Tell whether something beside a name or an answer takes it back: a condition, a doubt, or another who decides."""

from __future__ import annotations

import re

from asides import asides
from filled_form.reader import plain

PARTS = re.compile(r"[.。!?！？\n|;；,、()（）]| - |[–—]")
BUT = r"(?:(?:but|and|or|who|she|he|they|it|only|still|yet) )*"
PERHAPS = r"(?:perhaps|maybe|possibly|probably|presumably|hopefully|たぶん|おそらく|できれば)"
DOUBT = re.compile(
    rf"{BUT}{PERHAPS}(?: not| later)?|^{PERHAPS}、? ?.{{1,40}}|.{{1,40}} {PERHAPS}|"
    rf".{{0,40}}\b(?:or|and) {PERHAPS} .{{1,30}}|"
    r".{0,20}(?:かもしれない|かもしれません|だろう|でしょう)"
)
"""A part of a cell that doubts it; behind a name, perhaps may as well begin what is told of it."""
CONDITION = re.compile(
    r"\b(?:if|unless|provided|in case|depending on|"
    r"as long as(?! (?:the|this) (?:quarter|year|month|season|contract)))\b"
)
TIME = re.compile(
    r"\b(?:when(?:ever)?|once|as soon as|after) [\w' ]{1,30}? "
    r"(?:(?:has|have|finds?|gets?|is|are)(?: the| some| more| enough| a)* (?:time|room|moment|free)|"
    r"agrees?|says? yes)\b"
)
TELLS = re.compile(
    r"\b(?:tell|told|say|said|see|saw|know|knew|ask|asked|judge|check|count|notice|decide|look|find|"
    r"hear|find out)(?:s|es)?"
    r"(?: \w+){0,3} $"
)
"""Before a condition: that somebody tells whether it holds."""
AWAY = re.compile(
    r"(?:if|in case) (?:(?:need be|needed|necessary) (?:with|by|and)|"
    r"nobody|somebody|someone|anybody|no one|there is no answer|"
    r"(?:she|he|they|[a-z]+)(?:'s| is| are|'re)? (?:away|ill|sick|off|asleep|on (?:leave|holiday)|not there|"
    r"unreachable|(?:do|does|don't|doesn't)(?: not|n't)? (?:answer|pick up|react|come)))\b"
)
"""Who stands in for somebody is settled, and so is what happens if nobody comes."""
CONDITION_JA = re.compile(
    r"(?:同意|承諾|了承|賛成|納得|許可|合意|時間|都合|余裕|気が|手が)[^、。]{0,10}"
    r"(?:[けれ]ば|(?<!し)たら|なら(?!び)|次第|場合)|"
    r"(?:よ|良|でき)(?:ければ|れば|たら)|(?:可能|必要)なら|夜なら|昼なら"
)
AWAY_JA = re.compile(r"いなけ|不在|休|出なけ|応答|答えな|なければ[^、。]{0,4}なくす")
NOT_ASKED = re.compile(
    rf"{BUT}(?:(?:is|are|was|were|has|have|had) )?(?:not|never|nobody)(?: yet)?(?: been)? "
    r"(?:asked|told|informed|invited|agreed|aware)(?: (?:yet|so far|about it|of it|anybody))*|"
    rf"{BUT}(?:i|we|nobody|no one)(?:'ve| have| has| did)?(?: not|n't| never)+(?: yet)? (?:asked?|told|tell)"
    r"(?: (?:her|him|them|it|anybody))?(?: yet)?|"
    rf"{BUT}(?:nobody|no one)(?: has)? (?:asked|told)(?: (?:her|him|them))?(?: yet)?|"
    rf"{BUT}(?:does|do)(?: not|n't) (?:know|want)(?: (?:it|of it|about it|that|yet))*|"
    r"(?:まだ|本人には?|誰も)?(?:頼んで|聞いて|尋ねて|伝えて|知らせて|話して|相談して|声をかけて)(?:は)?(?:いない|いません)|"
    r"知らせない|伝えない|頼まない|(?:本人|相手)?(?:の)?(?:未承諾|未確認)"
)
NOT = re.compile(
    r"(?:(?:but|or) )?(?:not|no|never)(?: (?:her|him|them|really|at all|sure|yet|so|this quarter|stopped|done|decided|"
    r"quite|always))*|(?:そう)?ではない|違う"
)
"""A whole bracket, or a whole part, that denies what stands before it."""
WHOEVER = re.compile(
    r"\bwh(?:o|om)ever (?:(?:the [\w-]+|[\w-]+) "
    r"(?:thinks?|chooses?|picks?|finds?|names?|likes?|decides?|asks?|proposes?|suggests?|trusts?)\b|"
    r"(?:has|have|finds?|gets?) (?:the |some )?time\b|is free\b|wants (?:it|to|that)\b|comes to mind\b|turns up\b|"
    r"likes\b|volunteers\b)|"
    r"\b(?:somebody|someone|one|a person)(?: \w+)? (?:whom |who |that )?[\w-]+ (?:will |still has to |has yet to )"
    r"(?:think|choose|pick|find|name|ask|propose)\b|"
    r"(?:来週|来月|今度|後で|あとで|これから|次に)[^、。]{0,12}(?:思いつく|思いついた|選ぶ|見つける|決める|指名する)(?:人|誰か|相手)|"
    r"(?:手|時間)の(?:空いた|ある)(?:人|誰か)"
)
"""Somebody who is still looked for."""
BY_OTHERS = re.compile(
    r"(?:but |and )?(?P<who>[\w-]+(?: [\w-]+)?) (?:decide[sd]?|judge[sd]?|chose|chooses|insist(?:s|ed)?)"
    r"(?: (?:it|that|this|alone|then|in the end))*|"
    r"(?P<ja>[^、。]{1,10}?)[がは](?:決め(?:る|た|ます|ました)|判断(?:する|した|します|しました)|決定(?:する|した)?)"
)
BY_ME = re.compile(
    r"(?:but |and )?(?:i|it is i who) (?:decide|judge)(?: (?:it|that|this|alone|in the end))*|"
    r"私が(?:決める|判断する|決めます)"
)
THEMSELVES = ("she", "he", "they", "both", "all", "it", "本人", "自分", "2人", "二人", "両方")
"""Who is meant by the name itself."""


def has_condition(text: str) -> bool:
    """Whether a cell holds on a condition; what somebody tells, or who stands in for another, is none."""
    for part in _parts(text):
        found = CONDITION.search(part)
        if found and not TELLS.search(part[: found.start()]) and not AWAY.match(part[found.start() :]):
            return True
        if TIME.search(part) or (CONDITION_JA.search(part) and not AWAY_JA.search(part)):
            return True
    return False


def has_doubt(text: str) -> bool:
    """Whether a part of a cell says that it may not be so."""
    first, *later = _parts(text) or [""]
    return bool(DOUBT.fullmatch(first)) or any(map(_doubts, later))


def has_denial(text: str) -> bool:
    """Whether a part of a cell, behind its first, only denies that one."""
    return any(NOT.fullmatch(one) for one in _parts(text)[1:])


def is_taken_back(text: str) -> bool:
    """Whether a cell of names says that whoever is named has not been asked, does not decide, or is yet to be found."""
    parts = _parts(text)
    if WHOEVER.search(plain(text)) or any(NOT_ASKED.fullmatch(one) or BY_ME.fullmatch(one) for one in parts):
        return True
    if has_condition(text) or has_doubt(text) or has_denial(text):
        return True
    return any(_by_another(one, text) for one in asides(text))


def _doubts(part: str) -> bool:
    """Whether a part behind the first is a doubt as a whole, or another choice."""
    return bool(re.fullmatch(rf"{BUT}{PERHAPS}(?: not| later)?|or {PERHAPS} .{{1,30}}|.*かもしれ(?:ない|ません)", part))


def _by_another(aside: str, text: str) -> bool:
    """Whether a bracket names somebody else who decides."""
    found = BY_OTHERS.fullmatch(aside)
    who = (found["who"] or found["ja"] or "") if found else ""
    outside = plain(text).replace(f"({aside})", " ")
    return bool(who) and who.split()[0] not in THEMSELVES and who not in outside


def _parts(text: str) -> list[str]:
    """The parts of a text between its marks."""
    said = plain(text).replace("’", "'")
    return [part for one in PARTS.split(said) if (part := one.strip(" _'\""))]
