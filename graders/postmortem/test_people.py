"""Does the post-mortem look for causes that can be changed, and for actions that anybody can see?"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import filler
import form
import named
import pytest
from cells import is_due, kind
from later import is_later
from owners import OFFERED, TEAMS, is_role
from recorded import people_in
from words import EMPTY, HUMAN_ERROR, KINDS, PROSE

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from form import Form, Line, Row
    from night import Night

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
PERSON = (
    r"(?:engineer|operator|developer|accountant|accounting|colleague|somebody|someone|employee|admin|dba|staff|team|"
    r"person)s?"
)
PERSON_JA = r"(?:担当者?|エンジニア|オペレーター|開発者|当番|誰か|作業者|社員|新人|経理|チーム)"
ERROR = (
    r"(?:mistakes?|typos?|slips?|faults?|"
    r"errors?(?! (?:budget|rate|count|message|log|page|code|dashboard|list|graph|alert|panel))|"
    r"carelessness|negligence)"
)
ACTED = (
    r"(?:forgot|failed to|should(?: not|n't)? have|was careless|were careless|carelessly|wrongly|misread|"
    r"misjudged|overlooked|did not (?:think|follow)|caused|is to blame|are to blame)"
)
MISS_JA = (
    r"(?:ミス(?!を|に気|があって|が起)|間違え(?!て?も|やす)|忘れ(?!ても|られ|やす)|"
    r"取り違え(?!やす)|読み違え(?!やす)|誤って|誤った|理解していな|ためら|聞いてくれな|失念|確認不足|注意不足|うっかり|不注意|怠|のせい|べきだった|の責任)"
)
BETWEEN, BETWEEN_JA = r"(?: [\w'-]+){0,3}? ", r"[^。、]{0,12}?"
GUARDED = re.compile(r"(?:against|catch\w*|prevent\w*|stop\w*|tolerat\w*|detect\w*|notic\w*)(?: [\w'-]+){0,2} $")
GUARDED_JA = re.compile(
    r"を(?:防|止|減|検|見つけ|して)|に気|があっても|しても|が起[こき]りやす|が起きやす|しやす|されやす|を招"
)
DENIED = re.compile(
    r"(?:\bno|\bnot|\bnever|\bthan|\binstead of|\bcall(?:ed|ing)?)(?: it| a| an| this| as| the| just)* [\"'“‘]?$"
)
DENIED_JA = re.compile(
    r"」?(?:[や・、と]「[^」]{1,12}」)?(?:では?な|ではあり|で(?:話を)?(?:終わら|済ま|片[づ付]け)|と呼んで|のせいにせず|とせず)"
)
"""Where a word for a mistake is named to be refused."""
UNASKED = re.compile(
    rf"\b{PERSON} (?!can|could|may|might)[a-z' -]{{1,60}}? without (?:asking|telling)\b|"
    rf"^(?:the |an? )?{PERSON} (?!can|could|may|might)[a-z' -]{{1,60}}? "
    r"(?:asked|told|consulted) (?:nobody|no[ -]one)\b|"
    rf"^{PERSON_JA}(?:の担当者?)?[がは][^。]{{0,16}}?(?:聞か|相談せ|確認せ|知らせ)(?:ずに?|ないまま|ないで)"
    r"(?![^。]*(?:でき|られる|られた状態))"
)
QUOTE = re.compile(
    r"\"[^\"]{1,200}\"|“[^”]{1,200}”|‘[^’]{1,200}’|「[^」]{1,200}」|『[^』]{1,200}』|"
    r"\([^()]{0,80}\d{1,2}:\d\d[^()]{0,80}\)"
)
"""What is quoted, or a line of the chat as a source in brackets."""
OPEN = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|neither|without|lacks?|lacking|missing|because|since|so that|unless|"
    r"although|as|which|while)\b|n't\b|ない|なく|なかった|なし|ませ|ため|ので"
)
"""Beside a word for a mistake: what makes a sentence say more than that, which only people can judge."""
BEFORE = re.compile(r"\b(?:a|an|the|it|this|was|due to|because of|(?:root )?cause(?: was)?)\b|(?:根本)?原因は|[^\w ]")
"""Before a word for a mistake that is all of a cause."""
INITIAL = re.compile(r"^([a-z](?:\.? ?(?:さん|氏)|\.(?=が| [a-z]{3,})))")
SPELT = re.compile(r"^((?:けんじ|えむれ|みなと|はるか)(?:さん)?)(?=[がはの])")
HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
ALIKE = str.maketrans("аеікмнорсухјт", "aeikmhopcyxjt")
"""Cyrillic letters that look like Latin ones."""
LOOKS_AT_NOTHING = re.compile(
    r"^(?:(?:when|once|after|if|as soon as) )?(?:it|this|that|all|everything|(?:the|this) (?:action|task|work|job))"
    r"(?: is| are| was| has been|'s)(?: all| fully)? (?:done|finished|completed?|implemented|in place|ready)$|"
    r"^(?:これが|作業が|対応が|アクションが)?(?:すべて|全て)?(?:完了|終了|実施|終わ|でき)(?:し|っ|され)?(?:た|て|で)?"
    r"(?:いる|とき|時点?|ら|こと|場合|で|を|確認(?:する|できる)?)*$|"
    r"\b(?:not|never) happens? again|\b(?:sees?|says?|checks?|confirms?|reports?) (?:that )?(?:it|this|all|everything) "
    r"(?:is|has been) (?:done|finished|complete)|^担当者?が確認(?:する|した)?$|"
    r"完了した(?:かどうか|こと)を確認|再発しない"
)
"""Ways to see that something is done at which nobody could look."""
SENTENCE = re.compile(r"[.。!?！？\n|]")
MORE = (
    r"(?:more |greater |better |extra |additional |special |particular |increased |increase |higher |improved? |due )"
)
CAREFUL = re.compile(
    r"^(?:please |everybody |everyone |we |all |the team |they |staff |people )*"
    r"(?:should |must |will |shall |have to |has to |need to |needs to )?"
    r"(?:(?:take|takes|use|uses|apply|exercise|show) (?:[a-z]+ )?(?:care|caution)(?! (?:of|that|team))|"
    r"(?:pay|pays) (?:[a-z]+ )?attention|"
    r"(?:be|are|is|become|becomes|stay|stays|remain|remains) (?:[a-z]+ )?"
    r"(?:careful|cautious|vigilant|attentive|mindful|diligent)|"
    rf"{MORE}+(?:care|caution|attention|attentiveness|vigilance|diligence|carefulness)(?! (?:of|team))|"
    r"try harder)\b|"
    rf"\b(?:more carefully|more cautiously|with (?:{MORE})?(?:care|caution))"
    r"(?: in (?:the )?future| from now on| next time)?$|"
    r"(?:気を[つ付]け|注意する|注意を払|周知徹底|周知を徹底|注意を徹底|意識する|意識を高め|心がけ|心掛け|"
    r"(?:慎重|注意深く|気を[つ付]けて|注意して)に?[^、。が]{0,10}(?:する|行う|行な|変える|変更|扱う|進める|操作|作業))"
    r"(?:る|する)?(?:こと|ようにする|よう)?[。 ]*$"
)
"""Actions that begin with what changes nothing at which anybody could look, or in Japanese end with it."""
ROWS, WORDS = 3, 4


def test_causes(postmortem: Form, night: Night) -> None:
    """The causes are circumstances that can be changed, and no person.

    ja: 要因として、人ではなく、変えられる状況が挙げられている。
    """
    for item in postmortem.items("causes"):
        said = _spelt(item.text)
        name = _cause_named(said, night)
        assert not name, reason("person", line=item.number, who=name)
        error = _human_error(said)
        assert not error, reason("human-error", line=item.number, seen=quoted(error))
        assert not _is_blamed(said, PERSON, PERSON_JA), reason("somebody", line=item.number)
        assert not UNASKED.search(QUOTE.sub("", said)), reason("somebody", line=item.number)
    for line in [*(line for part in PROSE for line in postmortem.parts[part]), *postmortem.notes]:
        _blames_nobody(line, night)


def _cause_named(said: str, night: Night) -> str:
    """Who stands for a cause: who it begins with, or whose mistake it tells."""
    told = QUOTE.sub("", said).strip()
    if found := INITIAL.search(told) or SPELT.search(told):
        return str(found[1]).capitalize()
    for name in sorted(night.people):
        if _is_blamed_by_name(told, name):
            return name
    if name := named.behind_because(told, sorted(night.people)):
        return name
    name, rest = named.after(told, sorted(night.people))
    return "" if not name or named.is_circumstance(rest, japanese=not name.isascii()) else name


def _is_blamed_by_name(said: str, name: str) -> bool:
    """Whether a sentence tells of somebody's mistake, or that somebody caused it all."""
    who = re.escape(name.casefold())
    cause = rf"\b(?:caused by|due to|because of|blame|fault of|fault was){BETWEEN}?{who}|{who}{BETWEEN_JA}が原因"
    return bool(name) and (_is_blamed(said, who, who) or bool(re.search(cause, said)))


def _spelt(text: str) -> str:
    """A text without the signs that nobody sees, and with the letters that it looks as if it had."""
    return form.plain(HIDDEN.sub("", html.unescape(text))).translate(ALIKE)


def _human_error(said: str) -> str:
    """What stands for a person in the place of a cause, unless it is said what did not guard against it."""
    said = QUOTE.sub("", said)
    for word in HUMAN_ERROR:
        place = said.find(word)
        before, after = said[:place], said[place + len(word) :]
        is_all = not BEFORE.sub("", before).strip() or not after.strip(" .。")
        if (
            place < 0
            or not is_all
            or named.says_more(before, OPEN)
            or named.says_more(after, OPEN)
            or GUARDED.search(before)
            or GUARDED_JA.match(after)
        ):
            continue
        if not DENIED.search(before) and not DENIED_JA.match(after):
            return word
    return ""


def _is_blamed(said: str, who: str, who_ja: str) -> bool:
    """Whether somebody's mistake is told, unless it is said what did not guard against it."""
    patterns = (
        rf"\b{who}(?:'s?)?{BETWEEN}(?:{ERROR}|{ACTED})\b",
        rf"\b{ERROR} (?:of|by|from|made by){BETWEEN}{who}\b",
        rf"{who_ja}{BETWEEN_JA}{MISS_JA}",
    )
    said = QUOTE.sub("", said)
    found = ((said[: one.start()], said[one.end() :]) for pattern in patterns for one in re.finditer(pattern, said))
    return any(
        not GUARDED.search(before) and not named.says_more(before, OPEN) and not named.says_more(after, OPEN)
        for before, after in found
    )


def _blames_nobody(line: Line, night: Night) -> None:
    for sentence in SENTENCE.split(line.text):
        said = _spelt(sentence)
        error = _human_error(said)
        assert not error, reason("human-error", line=line.number, seen=quoted(error))
        who = next((name for name in people_in(said, night) if _is_blamed_by_name(said, name)), "")
        assert not who, reason("person", line=line.number, who=who)


def test_actions(postmortem: Form, night: Night) -> None:
    """Each action has an owner, a kind, a day, and a way to see that it is done.

    ja: どのアクションにも、担当、種類、期限、完了の確かめ方がある。
    """
    rows = postmortem.tables["actions"]
    assert len(rows) >= ROWS, reason("few-actions", seen=len(rows), least=ROWS)
    kinds = {_action(row, night) for row in rows}
    for column in ("what", "seen"):
        same = filler.twins([row.cells[column] for row in rows])
        assert not same, reason("same-action", line=rows[same[1] if same else 0].line)
    assert "prevent" in kinds, reason("no-prevention")
    assert kinds & {"detect", "mitigate"}, reason("no-detection")


def _action(row: Row, night: Night) -> str:
    """The kind of an action, once all of it is known to be there."""
    what = form.plain(row.cells["what"])
    for cell in row.cells.values():
        assert not is_later(cell), reason("later", line=row.line, seen=quoted(cell))
    assert form.length(what) >= WORDS, reason("action-short", line=row.line)
    careful = CAREFUL.search(QUOTE.sub("", what).strip(" .。"))
    assert careful is None, reason("careful", line=row.line, seen=quoted(careful[0] if careful else ""))
    _is_owned(row, night)
    seen = form.plain(row.cells["seen"]).strip(" .。")
    assert seen not in EMPTY, reason("no-seen", line=row.line)
    assert form.length(seen) >= WORDS, reason("no-seen", line=row.line)
    assert not filler.twins([what, seen]), reason("seen-is-action", line=row.line)
    for cell in (what, seen):
        is_empty = filler.is_babble(cell) or filler.is_copied(cell)
        assert not is_empty, reason("babble-line", line=row.line)
    assert not LOOKS_AT_NOTHING.search(seen), reason("no-seen", line=row.line)
    assert not CAREFUL.search(QUOTE.sub("", seen).strip()), reason("no-seen", line=row.line)
    assert is_due(row.cells["due"], night.day), reason("no-day", line=row.line, seen=quoted(row.cells["due"]))
    found, offered = kind(row.cells["kind"]), [form.label(words) for words in KINDS.values()]
    assert found, reason("no-kind", line=row.line, seen=quoted(row.cells["kind"]), kinds=offered)
    return found


def _is_owned(row: Row, night: Night) -> None:
    """Fail where the owner of an action is anything but one role or team of the recording."""
    seen = row.cells["owner"]
    assert form.plain(seen).strip(" .。") not in EMPTY, reason("no-owner", line=row.line)
    who = people_in(_spelt(seen), night)
    assert not who, reason("owner-person", line=row.line, who=who)
    roles = [form.label(TEAMS[name]) for name in OFFERED]
    assert is_role(seen, night), reason("owner-unknown", line=row.line, seen=quoted(seen), roles=roles)
