"""The words of the form in both languages, as people write them."""

from __future__ import annotations

from pathlib import Path

from filled_form.filler import ours, sentences
from filled_form.headings import labels_of
from filled_form.reader import Shape, title

from kikori.grading import say

PARTS = {
    "year": ("the year", "year", "去年", "1年", "一年"),
    "deep": ("deep field", "the deep field", "深い分野"),
    "next": ("next problem", "the next problem", "次の問題"),
    "steps": ("steps", "step", "手順", "ステップ"),
    "given-up": ("given up", "what is given up", "what stops", "やめること", "やめるもの"),
    "sum": ("the sum", "sum", "計算", "合計"),
    "others": ("others", "other people", "ほかの人", "他の人"),
}
"""The parts of the form, and how their headings begin."""

YEAR = {
    "occasions": ("occasions", "解決した回数", "回数"),
    "problems": ("different problems", "problems", "異なる問題", "問題の数"),
    "again": ("came again", "また起きた回数"),
    "again-hours": ("hours of what came again", "hours of those", "また起きたものの時間", "また起きた時間"),
    "others": ("not their own", "not my own", "not your own", "よその問題"),
    "written": ("written down", "written", "書いた問題", "書いたもの"),
    "handed": ("handed on", "渡した問題", "渡したもの"),
    "known": ("parts known", "known parts", "知っている部分"),
    "asked": ("asked about most", "asked most about", "いちばん聞かれた部分", "一番聞かれた部分", "最も聞かれた部分"),
}
"""The rows of the year."""

DEEP = {
    "field": ("field", "分野"),
    "why": ("why this one", "why", "選んだ理由", "理由"),
    "explained": ("explained", "説明できること", "説明できるようになること"),
}
NEXT = {
    "problem": ("problem", "問題"),
    "words": ("in words", "言葉にすると"),
    "whose": ("whose", "誰の問題"),
    "says": ("says solved", "who says solved", "解決と言う人"),
    "when": ("solved when", "解決の条件"),
    "step-up": ("step up", "step", "一段上"),
    "weeks": ("weeks", "week", "週数", "期間"),
    "hours": ("hours a week", "hours per week", "週あたりの時間", "週の時間"),
}
STEPS = {
    "what": ("step", "what", "手順", "内容", "すること"),
    "kind": ("kind", "種類"),
    "about": ("about", "対象"),
    "hours": ("hours", "時間"),
    "day": ("day", "by when", "due", "日付", "期限"),
    "seen": ("seen by", "seen", "見れば分かること", "確かめ方"),
}
GIVEN_UP = {
    "work": ("work", "what", "仕事"),
    "hours": ("hours a week", "hours", "週あたりの時間", "時間"),
    "from": ("from", "いつから", "開始"),
    "takes": ("who takes it", "who takes", "taken by", "引き受ける人", "引き継ぐ人"),
}
SUM = {
    "planned": ("hours planned", "planned", "計画した時間", "計画"),
    "freed": ("hours freed", "freed", "空ける時間", "空く時間"),
    "left": ("left over", "left", "残り"),
}
OTHERS = {
    "readers": ("readers", "reader", "読む人", "読み手"),
    "given": ("given to", "渡す相手"),
    "asked": ("asked", "頼んだ日"),
    "reviewer": ("reviewer", "見る人", "レビューする人"),
    "review": ("review", "見る日", "レビューの日"),
}

KINDS = {
    "deep": ("deep", "depth", "深く", "深い", "深さ"),
    "wide": ("wide", "width", "広く", "広い", "広さ"),
    "write": ("write", "writing", "書く", "書き"),
    "give": ("give", "give away", "sponsor", "sponsoring", "渡す"),
    "problem": ("problem", "the problem", "問題"),
}
"""What a step is for."""
ENDS = ("ends", "it ends", "なくす")
"""What stands where nobody takes a work, since it ends."""

SHAPE = Shape(
    parts=PARTS,
    columns={"steps": STEPS, "given-up": GIVEN_UP},
    lists={"year": YEAR, "deep": DEEP, "next": NEXT, "sum": SUM, "others": OTHERS},
    first="year",
)
"""What the form has."""
LAB = Path(__file__).resolve().parents[2] / "labs" / "growth-plan"
TASK = ("task*.md", "workspace/plan*.md")
FORM, EXAMPLE = ours(LAB, *TASK), ours(LAB, *TASK, "workspace/example*.md")
SIGNES = sentences(LAB, "workspace/example*.md")
"""What task and form say, and the example beside them."""
LABELS = labels_of(LAB, "workspace/plan*.md")
"""What the form calls its parts, columns and rows."""


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(*title(words))
