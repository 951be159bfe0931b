"""Tells a cause that is somebody from a circumstance in which somebody occurs."""

from __future__ import annotations

import re

MIND = (
    r"(?:mistake|typo|slip|fault|error(?!s? (?:budget|rate|count|log|page|code|dashboard|list|graph|alert|panel))|"
    r"decision|choice|idea|belief|assumption|guess|haste|hurry|impatience|overconfidence|confidence|stubbornness|"
    r"inexperience|experience|ignorance|knowledge|understanding|skill|training|lack|failure|refusal|attitude|"
    r"hesitation|behaviou?r|negligence|neglect|conviction|insistence|panic|pride|laziness|action|restart|rollback|"
    r"attempt|experiment|intervention|misunderstanding|oversight|delay|judge?ment|reaction|habit|patience|plan|clue|"
    r"reason|thought|care|attention|discipline|diligence|caution|interest|intention|need)s?"
)
"""What is of somebody alone: a deed, or what was in a mind or was not."""
MANNER = re.compile(
    rf"\bwith(?:out| no| little| nothing)\b[^,;:]*|\b(?:no|any|little|lack(?:s|ed|ing)?(?: of)?)(?: [\w-]+)? {MIND}\b|"
    rf"\black(?:s|ed|ing)?(?: of)?(?: \w+)? {MIND}\b|\bno[ -]one\b|"
    r"(?:(?<!され)ないまま|ないで|ずに|なしに|なしで|(?:こと|確認|相談|理由|根拠|計画)(?:も|は|が)?(?:なく|ない|なし))"
)
"""How somebody did something, which is no circumstance."""
HOW = re.compile(
    rf"\bwith(?:out| no| little)(?: [\w-]+)? "
    rf"(?:{MIND}|asking|telling|thinking|looking|checking|reading|waiting|permission)\b|"
    r"(?:(?<!され)ないまま|(?:せ|聞か|調べ|考え)ずに|(?:理由|根拠|計画)も?(?:なく|なしに))"
)
"""The same beside a word for a mistake, where a review that is not there is a circumstance."""
LATER = r"(?:\b(?:because|since|as|where|which|that|while|but|when|for|whose|what|who)\b|[,;:–—]).*?"
MISSING = re.compile(rf"{LATER}\b(?:no|nothing|without|lacks?|lacking|missing)\b|\b(?:in which|where)\b|ない|なく|なし")
"""Behind somebody's name and deed: that something was not there, which is a circumstance."""
OF_SOMEBODY = re.compile(rf"['’]s? (?!(?:[\w-]+ ){{0,2}}{MIND}\b)(?!own )[\w-]+")
MAY = re.compile(r"(?: alone)? (?:can|could|may|might)(?:not|n't)?(?: not)? (?!have\b|understand\b|think\b)")
MEETS = re.compile(
    r",?(?: both| all| alone| only)? (?:sees?|gets?|receives?|reads?|looks? at|watch(?:es)?|"
    r"(?:is|are) (?:the only|alone|shown|told|paged|woken|asked))\b"
)
MET = re.compile(
    r",?(?: both| all| alone| only)? (?:saw|had|got|has|have|received|looked at|was|were)\b.*"
    r"\b(?:only|alone|nothing|no|without|lacks?|missing)\b"
)
"""What reaches somebody, and by whom something can be done: whoever it is meets the same."""
OF_SOMEBODY_JA = re.compile(
    r"(?:さん)?の(?![^、。がはの]{0,6}(?:ミス|判断|決定|思い込み|考え|焦り|迷い|知識|経験|理解|誤解|油断|確認|注意|不注意|行動|"
    r"操作|再起動|対応|責任|せい|怠慢)(?:[がはでにもをか、。]|$|不足|違い))"
)
MEETS_JA = re.compile(
    r"(?:さん)?(?:だけ|一人|ひとり)?(?:に|が|は|も|から)[^。]{0,24}?(?:見える|見えて|見えな|見えた|見ていた[^。、]{1,12}に|届|知らさ|"
    r"受け取|でき(?:る|た)(?!のに)|られる|られた|られて|しか)"
)

DEED = (
    r"(?:had |then |only |just |simply |also |first )?"
    r"(?:raised|lengthened|extended|increased|doubled|multiplied|changed|edited|set|put|moved|restarted|reloaded|rolled|"
    r"released|deployed|switched|turned|ended|killed|mistook|misread|misjudged|misunderstood|confused|thought|believed|"
    r"assumed|guessed|decided|chose|acted|took|made|tried|ignored|overlooked|forgot|skipped|left|waited|hesitated|"
    r"panicked|hurried|wanted)\b"
)
DEED_JA = (
    r"(?:延ばし|変え|変更し|再起動し|戻し|取り違え|間違え|思い込ん|思っ|考え|信じ|判断し|決め|選ん|試し|忘れ|見落とし|無視し|"
    r"誤解し|動かし|移し|焦っ|急い|待っ)"
)
"""What somebody did, or had in mind."""


def behind_because(said: str, names: list[str]) -> str:
    """Give whose deed a sentence tells behind a because, unless it tells of what anybody there would have met."""
    for name in names:
        if name.isascii():
            found = re.search(rf"\bbecause {re.escape(name.casefold())}(?:,[^,.]{{1,40}},)? ({DEED}.*)", said)
        else:
            letters = " ?".join(name)
            found = re.search(
                rf"(?<![\u30a1-\u30fa\u30fc]){letters}(?:さん)?[がは]([^。]*?{DEED_JA}[ただ](?:ため|ので|から(?!の)|せい))",
                said,
            )
        if found and not MISSING.search(said[: found.start()]):
            rest = found[1] if not name.isascii() else f" {found[1]}"
            if not is_circumstance(rest, japanese=not name.isascii()):
                return name
    return ""


def is_circumstance(rest: str, *, japanese: bool) -> bool:
    """Whether what follows the name with which a cause begins tells of what anybody there would have met."""
    said = MANNER.sub(" ", rest)
    if japanese:
        return bool(OF_SOMEBODY_JA.match(rest) or MEETS_JA.match(said) or MISSING.search(said))
    if re.match("['’]", rest):
        return bool(OF_SOMEBODY.match(rest) or MISSING.search(said))
    return bool(MAY.match(rest) or MEETS.match(rest) or MET.match(said) or MISSING.search(said))


def after(said: str, names: list[str]) -> tuple[str, str]:
    """The name with which a sentence begins, and what follows it and those told with it; empty where there is none."""
    for name in names:
        letters = re.escape(name.casefold()) if name.isascii() else " ?".join(name)
        end = r"(?![a-z-])" if name.isascii() else "(?![\u30a1-\u30fa\u30fc])"
        if found := re.match(letters + end, said):
            others = "|".join(re.escape(one.casefold()) for one in names)
            return name, re.sub(rf"^(?:(?:, and|,| and| &|と|、) ?(?:{others}))+", "", said[found.end() :])
    return "", ""


def says_more(said: str, more: re.Pattern[str]) -> bool:
    """Whether a text says what lies beyond a person, apart from the manner in which somebody acted."""
    return bool(more.search(HOW.sub(" ", said)))
