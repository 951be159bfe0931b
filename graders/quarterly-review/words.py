"""The words of the form in both languages, as people write them."""

from __future__ import annotations

import re
from pathlib import Path

from drawn_quarter import prose
from drawn_quarter.draw import OWNERS
from filled_form.filler import ours, records, sentences
from filled_form.headings import labels_of
from filled_form.reader import Shape, labels

from kikori.grading import say

PARTS = {
    "summary": ("summary", "要約", "概要", "まとめ"),
    "numbers": ("in numbers", "numbers", "数字", "数で見る"),
    "last": ("the last log", "last log", "前回の記録", "前回の決定"),
    "quarter": ("the quarter", "quarter", "四半期の結果", "四半期"),
    "floors": ("floors", "the floors", "floor", "土台", "上限"),
    "decisions": ("decisions", "decision log", "the new log", "決定"),
    "unseen": (
        "what is in none of the piles",
        "what is in no pile",
        "not in the piles",
        "どの山にもないもの",
        "山にないもの",
    ),
}
"""The parts of the form, and how their headings begin."""
PROSE = {"summary": 25, "unseen": 8}
"""Parts that are prose, with the fewest words of each."""

NUMBERS = {
    "objectives": ("objectives", "目標"),
    "renew": ("renew", "更新"),
    "decide": ("decide", "決める"),
    "retire": ("retire", "廃止"),
    "missed": ("missed", "破られた"),
    "pages": ("pages", "呼び出し"),
    "acted": ("pages acted", "acted", "対応した呼び出し", "対応のあった呼び出し", "行動した呼び出し"),
    "minutes": ("minutes", "会議の分", "会議の時間", "会議に要る", "分数"),
}
"""The rows of the numbers, by how their first cell begins; the longest beginning counts."""

COLUMNS = {
    "last": {
        "number": ("decision", "number", "決定", "番号"),
        "kept": ("kept", "守られたか", "四半期に守られたか"),
        "came": (
            "what has come of it",
            "what has come",
            "what came",
            "outcome",
            "その後どうなったか",
            "その後",
            "結果",
        ),
    },
    "quarter": {
        "name": ("objective", "name", "目標", "名前"),
        "sli": ("sli",),
        "used": ("budget", "used", "予算", "消費"),
        "complaints": ("complaints", "苦情"),
        "pile": ("pile", "山", "仕分け"),
    },
    "floors": {
        "name": ("objective", "name", "目標", "名前"),
        "promised": ("promised", "約束"),
        "kept": ("kept", "守られた", "実績", "実際"),
    },
    "decisions": {
        "name": ("objective", "name", "目標", "名前"),
        "verdict": ("verdict", "判定", "決定の種類"),
        "new": ("new", "新しい値"),
        "done": ("what is done", "done", "すること"),
        "why": ("why", "reason", "理由", "なぜ"),
        "evidence": ("evidence", "証拠", "根拠"),
        "decided": ("decided", "who decided", "決めた人", "決定者"),
        "agreed": ("agreed", "who agreed", "同意"),
        "told": ("told", "who is told", "知らせ", "通知"),
        "again": ("again", "look again", "次に見る日", "再確認", "期日"),
    },
}
"""The columns of each table, by how their headings begin."""
TEXTS = {"came": 3, "why": 6, "done": 2}
"""The columns that people read, with the fewest words; of what is done, where something else is counted."""

PILES = {
    "renew": ("renew", "更新"),
    "decide": ("decide", "決める"),
    "retire": ("retire?", "retire", "廃止?", "廃止"),
}
VERDICTS = {
    "keep": ("keep", "維持"),
    "raise": ("raise", "引き上げ"),
    "lower": ("lower", "引き下げ"),
    "exception": ("exception", "例外"),
    "measure": ("measure", "measure otherwise", "測り方", "測り方を変える"),
    "owner": ("owner", "責任者", "責任者を決める"),
    "retire": ("retire", "廃止"),
}
"""What may be decided."""

PEOPLE = {who: (*one.names, f"{one.names[1]}さん") for who, one in prose.PEOPLE.items()}
"""Everybody, as people.csv has them."""
GROUPS = {
    "owners": ("all owners", "全責任者", "すべての責任者"),
    "everybody": ("all", "everybody", "全員"),
}
MEMBERS = {"owners": {*OWNERS.values()}, "everybody": {*PEOPLE}}
"""Who may be told with one word, and who these are."""

PERCENT, EACH = ("%",), ("objectives", "objective", "件", "個")
RINGS = ("pages", "page", "件", "回")
UNITS = {
    "sli": PERCENT,
    "used": PERCENT,
    "floor": PERCENT,
    "new": PERCENT,
    "complaints": ("complaints", "complaint", "件"),
    "objectives": EACH,
    "renew": EACH,
    "decide": EACH,
    "retire": EACH,
    "missed": EACH,
    "pages": RINGS,
    "acted": RINGS,
    "minutes": ("minutes", "minute", "min", "分"),
}
"""What may stand behind a number, by what it is; the first and the last are those that the form names."""

SHAPE = Shape(
    parts=PARTS,
    columns=COLUMNS,
    lists={"numbers": NUMBERS},
    first="summary",
)
"""What the form has."""
LAB = Path(__file__).resolve().parents[2] / "labs" / "quarterly-review"
OURS, EXAMPLE = ours(LAB), sentences(LAB, "workspace/example*.md")
"""What the task, the forms and the examples say."""
LABELS = labels_of(LAB, "workspace/review*.md")
"""What the form calls its parts, columns and rows."""
TALKS = records(
    *(said for part in prose.TALKS.values() for _, both in part for said in both),
    *(said for both in prose.NO_LOWER.values() for said in both),
)
"""The sentences of the talks, of which a phrase may be cited; what somebody can live with is a number."""
WHEN = (
    re.compile(r"(?<![a-z0-9])q ?2(?!\d)|(?:second|2nd) quarter|第 ?[2二] ?四半期"),
    re.compile(r"(?<!\d)2026(?!\d)"),
)
OTHER = re.compile(
    r"akari|あかり|(?<![a-z0-9])q ?[134](?!\d)|(?:first|third|fourth|1st|3rd|4th) quarter|第 ?[134一三四] ?四半期"
    r"|(?<!\d)(?!2026)(?:19|20)\d\d(?!\d)"
)
"""What the heading at the top says, and what it would say of another quarter or of the example."""


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(*labels(words))
