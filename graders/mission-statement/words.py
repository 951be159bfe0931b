"""The words of the form in both languages, as people write them."""

from __future__ import annotations

import re
from pathlib import Path

from filled_form.filler import ours, records, sentences
from filled_form.headings import labels_of
from filled_form.reader import Shape, title

from kikori.grading import say

PARTS = {
    "mission": ("mission", "the mission", "ミッション", "使命"),
    "opposite": ("opposite", "the opposite", "逆の文", "逆"),
    "rules": ("rule of thumb", "rules of thumb", "rule", "目安"),
    "answers": ("answer", "返事", "回答"),
    "price": ("price", "the price", "代償", "トレードオフ"),
    "decisions": ("decision", "three decisions", "判断", "三つの判断", "決定"),
    "vision": ("vision", "the vision", "ビジョン"),
}
"""The parts of the form, and how their headings begin."""

ANSWERS = {
    "request": ("request", "number", "頼みごと", "依頼", "番号"),
    "answer": ("answer", "返事", "回答"),
    "now": ("days this quarter", "this quarter", "now", "今期の日数", "今期", "今四半期"),
    "later": (
        "days each quarter after",
        "days each quarter",
        "each quarter after",
        "days after",
        "later",
        "次の期からの日数",
        "次の期から",
        "翌期から",
    ),
    "offer": ("offered instead", "offered", "offer", "代わりに申し出ること", "代わり", "申し出"),
}
"""The columns of the table of answers."""

PRICE = {
    "agreement": ("agreement before", "agreement", "これまでの一致率", "一致率"),
    "there": ("days there are", "days available", "使える日数", "ある日数"),
    "promised": ("days promised", "約束した日数", "約束"),
    "missing": ("days missing", "missing", "足りない日数", "不足"),
    "later": ("days each quarter after", "days each quarter", "each quarter after", "次の期からの日数", "次の期から"),
    "stopped": ("stopped", "what is stopped", "やめること", "やめる仕事", "やめるもの"),
    "pays": ("who pays", "paid by", "払う人", "誰が払うか", "払うのは"),
    "until": ("until", "いつまで", "期限"),
}
"""The rows of the price."""

FIELDS = {
    "answer": ("answer", "返事", "回答"),
    "by": ("decided by", "決め手"),
    "because": ("because", "reason", "理由"),
    "not-done": ("not done", "what is not done", "しないこと", "やらないこと"),
    "words": ("in words", "言葉にすると"),
    "us": ("costs us", "cost for us", "こちらの代償", "自分たちの代償"),
    "them": ("costs them", "cost for them", "相手の代償"),
    "owner": ("owner", "担当", "責任者"),
    "day": ("day", "by when", "date", "due", "日付", "期限", "期日", "いつまで"),
    "seen": ("seen by", "seen", "how one sees", "見れば分かること", "確かめ方", "完了の確かめ方"),
}
"""What a decision has."""

NOTHING = ("nothing", "なし")
"""What stands where no work is stopped."""

TEAMS = {
    "lockers": ("lockers", "ロッカー"),
    "payments": ("payments", "支払い"),
    "app": ("app", "アプリ"),
    "counter": ("counter", "窓口", "お客様窓口"),
    "map": ("map", "地図"),
    "bicycles": ("bicycles", "自転車"),
    "sales": ("sales", "営業"),
    "director": ("director", "社長"),
}
"""Who asked, or waits for something."""
OWNERS = {name: words for name, words in TEAMS.items() if name != "director"} | {"sre": ("SRE",)}
"""The teams that may see to a decision; the director is a person."""
WORKS = {
    "archive": ("archive", "アーカイブ"),
    "reports": ("reports", "報告書"),
    "certificates": ("certificates", "証明書"),
}
"""What goes on already."""

WHOSE = (re.compile("machikado|まちかど"), re.compile(r"(?<![a-z])sre(?![a-z])|site reliability|サイト信頼性"))
THEIRS = re.compile("akari|あかり")
"""What a heading names that says whose mission this is, and the company of the example."""

SHAPE = Shape(
    parts=PARTS,
    columns={"answers": ANSWERS},
    lists={"price": PRICE},
    first="mission",
    blocks={"decisions": FIELDS},
)
"""What the form has."""
LAB = Path(__file__).resolve().parents[2] / "labs" / "mission-statement"
TASK = ("task*.md", "workspace/mission*.md")
FORM, EXAMPLE = ours(LAB, *TASK), ours(LAB, *TASK, "workspace/example*.md")
AKARIS = sentences(LAB, "workspace/example*.md")
"""What task and form say, and the example beside them."""
LABELS = labels_of(LAB, "workspace/mission*.md")
"""What the form calls its parts, columns and rows."""
LETTERS = records(*(file.read_text(encoding="utf-8") for file in sorted(LAB.glob("workspace/requests*.md"))))
"""The sentences of the letters, of which a phrase may be cited."""


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(*title(words))
