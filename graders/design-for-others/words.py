"""The words of the form in both languages, as people write them."""

from __future__ import annotations

import re
from pathlib import Path

from filled_form.filler import ours, sentences
from filled_form.headings import labels_of
from filled_form.reader import Shape, labels

from kikori.grading import say

PARTS = {
    "purpose": ("purpose", "what it is for", "目的"),
    "facts": ("facts", "in figures", "数字と場所", "事実", "諸元"),
    "needs": ("dependencies", "what it needs", "依存先", "必要なもの", "依存"),
    "tasks": ("operation", "start, stop, restore", "操作", "運用", "起動、停止、復元"),
    "alerts": ("alerts", "what rings", "アラート"),
    "failures": ("failures", "failure modes", "what goes wrong", "故障", "障害の起き方", "壊れ方"),
    "why": ("why it is built this way", "why it is so", "why", "なぜこう作ったか", "作りの理由", "設計の理由"),
    "limits": ("what it does not do", "what it doesn't do", "not covered", "しないこと", "できないこと"),
}
"""The parts of the form, and how their headings begin."""
PROSE = {"purpose": 20, "why": 15, "limits": 8}
"""Parts that are prose, with the fewest words of each."""
FEWEST = {"action": 4, "safe": 3, "otherwise": 2, "name": 1}
"""The fewest words of a first action, of what is safe until morning, of what to do otherwise, and of a failure."""

FACTS = {
    "port": ("port for reports", "reports' port", "報告のポート", "報告を受けるポート"),
    "metrics": ("port for metrics", "metrics' port", "メトリクスのポート"),
    "host": ("machine", "host", "server", "マシン", "ホスト", "サーバー"),
    "user": ("runs as", "user", "実行ユーザー", "ユーザー"),
    "data": ("data", "database", "データ"),
    "backups": ("backups", "backups lie", "backups lie in", "backup folder", "バックアップの場所", "バックアップ先"),
    "every": ("a backup every", "backup every", "backup interval", "バックアップの間隔"),
    "kept": ("backups are kept", "backups kept", "kept", "バックアップの保存"),
    "memory": ("memory at most", "memory", "メモリの上限", "メモリ"),
    "at_once": ("reports at once", "同時の報告", "同時に受ける報告"),
    "largest": ("largest report", "最大の報告", "報告の最大"),
    "oldest": (
        "a report counts for",
        "a report counts",
        "report counts",
        "oldest report",
        "報告の有効時間",
        "報告の有効",
        "報告が有効",
    ),
    "stop": ("a stop takes at most", "a stop takes", "stop takes", "停止にかかる最大", "停止にかかる", "停止の最大"),
    "docks": ("docks in service", "使用中のドック", "稼働中のドック"),
    "least": ("docks in a snapshot, at least", "docks in a snapshot", "スナップショットのドック"),
    "resend": ("docks keep reports for", "docks keep", "ドックが覚えている報告", "ドックが覚えている", "ドックの保持"),
    "nights": (
        "nights without a snapshot",
        "nights without",
        "スナップショットなしで済む夜",
        "スナップショットなし",
        "なしで済む夜",
    ),
    "bicycles": ("telephone of the bicycles' turn", "telephone of the bicycles", "自転車の当番の電話"),
    "servers": ("telephone of the servers' turn", "telephone of the servers", "サーバーの当番の電話"),
}
"""The rows of the facts, by how their first cell begins; the longest beginning counts."""
PLACES = {
    "override.conf": ("override.conf", "/etc/systemd/system/tally.service.d/override.conf"),
    "tally.service": ("tally.service", "/etc/systemd/system/tally.service"),
    "tally.toml": ("tally.toml", "/etc/tally/tally.toml"),
    "tally.cron": ("tally.cron", "/etc/cron.d/tally"),
    "docks.json": ("docks.json", "/opt/tally/docks.json"),
    "tally.py": ("tally.py", "/opt/tally/tally.py"),
    "chat.txt": ("chat.txt", "chat.ja.txt"),
    "oncall.csv": ("oncall.csv",),
}
"""The files in which something is set, by their names and their paths on the machine."""
NUMBERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("port", "metrics", "bicycles", "servers"), ()),
    **dict.fromkeys(("docks", "least"), ("docks", "個", "か所", "台")),
    **dict.fromkeys(("every", "resend", "borne"), ("hours", "hour", "hrs", "h", "時間")),
    **dict.fromkeys(("oldest", "rings"), ("minutes", "minute", "mins", "min", "m", "分")),
    "memory": ("mb", "mib", "m", "メガバイト"),
    "largest": ("kb", "kib", "キロバイト"),
    "at_once": ("reports", "件"),
    "stop": ("s", "sec", "seconds", "秒"),
    "kept": ("days", "日"),
    "nights": ("nights", "晩", "夜"),
}
"""What is a number, with the unit of its row."""

COLUMNS = {
    "facts": {
        "name": ("what", "項目"),
        "value": ("value", "値"),
        "place": ("set in", "where", "known from", "設定の場所", "出典", "決まる場所"),
    },
    "needs": {
        "name": ("what", "dependency", "依存先", "相手"),
        "address": ("address", "アドレス", "宛先"),
        "effect": ("without it", "effect", "ないと", "なければ"),
        "hours": ("borne", "can be borne", "耐えられる", "もつ時間"),
    },
    "tasks": {
        "task": ("task", "作業"),
        "command": ("command", "do", "コマンド", "すること"),
        "seen": ("what must be seen", "must be seen", "expect", "見えるはず", "期待"),
        "within": ("within", "待つ時間"),
        "otherwise": ("if not", "else", "違えば", "違ったとき"),
    },
    "alerts": {
        "name": ("alert", "アラート"),
        "minutes": ("rings after", "after", "鳴るまで"),
        "loud": ("how loud", "severity", "強さ", "種類"),
        "who": ("who", "担当", "誰"),
        "command": ("first command", "command", "最初のコマンド", "コマンド"),
        "action": ("first action", "最初にすること", "最初に"),
    },
    "failures": {
        "name": ("failure", "what goes wrong", "故障", "何が起きる", "壊れ方"),
        "seen": ("how it is seen", "how one sees", "seen by", "見え方", "どう見える"),
        "command": ("first command", "command", "最初のコマンド", "コマンド"),
        "action": ("first action", "最初にすること", "最初に"),
        "safe": ("safe until morning", "safe until", "safe", "朝までの安全な状態", "朝まで"),
        "before": ("seen before", "incident", "before", "過去", "前例"),
    },
}
"""The columns of each table, by how their headings begin."""

EFFECTS = {
    "stops": ("stops", "止まる"),
    "stale": ("stale", "古いまま"),
    "refuses": ("refuses", "断る"),
    "open": ("open", "素通し"),
    "waits": ("waits", "溜める", "ためる"),
    "loses": ("loses", "失う"),
}
"""What becomes of it without something, one word each."""
TASKS = {"start": ("start", "起動"), "stop": ("stop", "停止"), "restore": ("restore", "復元")}
LOUD = {"page": ("page", "呼び出し"), "ticket": ("ticket", "チケット")}
TEAMS = {"bicycles": ("bicycles", "自転車"), "servers": ("servers", "サーバー")}
"""Whose turn is woken."""
AUTHOR = re.compile(r"\brin\b|(?<![ァ-ヺー])リン(?![ァ-ヺー])", re.ASCII)
"""Who has moved on."""


SHAPE = Shape(
    parts=PARTS,
    columns=COLUMNS,
    lists={},
    first="purpose",
)
"""What the form has."""
LAB = Path(__file__).resolve().parents[2] / "labs" / "design-for-others"
OURS = ours(LAB)
"""What the task, the forms and the examples say."""
THEIRS = sentences(LAB, "workspace/example*.md")
"""What the examples say, one sentence after another."""
LABELS = labels_of(LAB, "workspace/design*.md")
"""What the form calls its parts, columns and rows."""
WHOSE, OTHER = (re.compile("(?<![a-z])tally(?![a-z])"),), re.compile("(?<![a-z])meter(?![a-z])|kazahaya|風早|メーター")
"""What the heading at the top names, and the service of the example."""
NAMED = re.compile(r"(?<!\w)(?:[A-Z][a-z]+(?:[A-Z][a-z]+)+|meter[-_][a-z_]+)", re.ASCII)
FOREIGN = {
    name for file in LAB.glob("workspace/example*.md") for name in NAMED.findall(file.read_text(encoding="utf-8"))
}
"""The alerts, commands and metrics of the example, which this service does not have."""


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(*labels(words))
