"""Does the post-mortem look for causes that can be changed, and for actions that anybody can see?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import form
import pytest
from words import CAREFUL, EMPTY, HUMAN_ERROR, KINDS

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from form import Form, Line, Row
    from night import Night

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
PERSON = re.compile(
    r"engineer|operator|developer|accountant|colleague|somebody|someone|employee|admin\b|on-call person|"
    r"担当者|エンジニア|オペレーター|開発者|当番|誰か|作業者|社員|新人"
)
BLAME = re.compile(
    r"mistake|typo|forgot|forget|fault\b|error\b|careless|wrongly|should have|did not think|failed to|"
    r"ミス|間違|忘れ|失念|怠|うっかり|不注意|のせい|べきだった|誤って"
)
CAUSED = re.compile(r"caus|because|due to|blame|responsible|root|原因|によ[りる]|のせい|責任|起こした|招いた")
SENTENCE = re.compile(r"[.。!?！？\n|]")  # both widths
ROWS, WORDS = 3, 4
DAY = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})|(20\d\d)年 ?(\d{1,2})月 ?(\d{1,2})日|(20\d\d)/(\d{1,2})/(\d{1,2})")
SOON = re.compile(r"\d{1,3} ?(?:working |business )?(?:days?|weeks?|months?|日|営業日|週間|か月|ヶ月|カ月)")


def test_causes(postmortem: Form, night: Night) -> None:
    """The causes are circumstances that can be changed, and no person.

    ja: 要因として、人ではなく、変えられる状況が挙げられている。
    """
    for item in postmortem.items("causes"):
        said = form.plain(item.text)
        name = _named(said, night)
        assert not name, reason("person", line=item.number, who=name)
        error = next((word for word in HUMAN_ERROR if word in said), "")
        assert not error, reason("human-error", line=item.number, seen=quoted(error))
        blamed = PERSON.search(said) and BLAME.search(said)
        assert not blamed, reason("somebody", line=item.number)
    for part in ("summary", "badly", "lessons"):
        for line in postmortem.parts[part]:
            _blames_nobody(line, night)
    name = _named(postmortem.cell("trigger"), night)
    assert not name, reason("person", line=postmortem.impact["trigger"].line, who=name)


def _named(said: str, night: Night) -> str:
    """The name of somebody of that night that stands in a text; empty where there is none."""
    for name in sorted(night.people):
        inside = "a-z" if name.isascii() else "\u30a1-\u30fa\u30fc"
        if re.search(f"(?<![{inside}]){re.escape(name.casefold())}(?![{inside}])", said):
            return name
    return ""


def _blames_nobody(line: Line, night: Night) -> None:
    for sentence in SENTENCE.split(line.text):
        said = form.plain(sentence)
        name = _named(said, night)
        assert not (name and (BLAME.search(said) or CAUSED.search(said))), reason("person", line=line.number, who=name)


def test_actions(postmortem: Form, night: Night) -> None:
    """Each action has an owner, a kind, a day, and a way to see that it is done.

    ja: どのアクションにも、担当、種類、期限、完了の確かめ方がある。
    """
    rows = postmortem.tables["actions"]
    assert len(rows) >= ROWS, reason("few-actions", seen=len(rows), least=ROWS)
    kinds = {_action(row, night) for row in rows}
    assert "prevent" in kinds, reason("no-prevention")
    assert kinds & {"detect", "mitigate"}, reason("no-detection")


def _action(row: Row, night: Night) -> str:
    """The kind of an action, once all of it is known to be there."""
    what = form.plain(row.cells["what"])
    assert form.length(what) >= WORDS, reason("action-short", line=row.line)
    careful = next((word for word in CAREFUL if word in what), "")
    assert not careful, reason("careful", line=row.line, seen=quoted(careful))
    said = {column: form.plain(row.cells[column]).strip(" .。") for column in ("owner", "due", "seen")}
    assert said["owner"] not in EMPTY, reason("no-owner", line=row.line)
    assert said["due"] not in EMPTY, reason("no-due", line=row.line)
    assert said["seen"] not in EMPTY, reason("no-seen", line=row.line)
    careful = next((word for word in CAREFUL if word in form.plain(row.cells["seen"])), "")
    seen = form.length(row.cells["seen"]) >= WORDS and not careful
    assert seen, reason("no-seen", line=row.line)
    assert _is_due(form.plain(row.cells["due"]), night), reason("no-day", line=row.line)
    kind = form.plain(row.cells["kind"])
    kinds = [name for name, words in KINDS.items() if any(word in kind for word in words)]
    offered = [f"{words[0]} / {words[-1]}" for words in KINDS.values()]
    assert len(kinds) == 1, reason("no-kind", line=row.line, seen=quoted(kind), kinds=offered)
    return kinds[0]


def _is_due(said: str, night: Night) -> bool:
    """Whether something is a day after the night, or a number of days or weeks."""
    found = DAY.search(said)
    if found is None:
        return bool(SOON.search(said))
    year, month, day = (int(part) for part in found.groups() if part)
    return (year, month, day) > tuple(night.date)
