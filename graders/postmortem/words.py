"""The words of the form in both languages, as people write them."""

from __future__ import annotations

PARTS = {
    "summary": ("summary", "要約", "概要"),
    "impact": ("impact", "影響"),
    "timeline": ("timeline", "タイムライン", "時系列", "経過"),
    "measures": ("what was done", "measures", "actions taken", "対応と結果", "対応とその結果", "行った対応", "対応"),
    "causes": ("contributing causes", "contributing factors", "causes", "寄与した要因", "要因", "原因", "寄与要因"),
    "well": ("what went well", "うまくいったこと", "良かったこと", "よかったこと"),
    "badly": ("what went badly", "what went wrong", "うまくいかなかったこと", "悪かったこと"),
    "lucky": ("where we were lucky", "luck", "運が良かったこと", "運がよかったこと", "幸運だったこと"),
    "actions": ("action items", "actions", "アクションアイテム", "再発防止策", "アクション", "今後の対策"),
    "lessons": ("lessons", "教訓", "学んだこと"),
}
"""The parts of the form, and how their headings begin."""
PROSE = {"summary": 25, "well": 6, "badly": 6, "lucky": 6, "lessons": 12}
"""Parts that are prose, with the fewest words of each."""

IMPACT = {
    "began": ("began", "begin", "start", "始まり", "開始", "発生"),
    "detected": ("detected", "detection", "検知"),
    "mitigated": ("mitigated", "mitigation", "緩和"),
    "resolved": ("resolved", "resolution", "解決"),
    "to-detect": ("time to detect", "検知までの時間", "検知まで"),
    "to-mitigate": ("time to mitigate", "緩和までの時間", "緩和まで"),
    "to-resolve": ("time to resolve", "解決までの時間", "解決まで"),
    "customers": ("customers", "影響を受けた客", "影響を受けた顧客", "客", "顧客"),
    "orders": ("orders lost", "lost orders", "orders", "失われた注文", "注文"),
    "budget": ("share of the error budget", "error budget", "エラーバジェット"),
    "trigger": ("trigger", "引き金", "きっかけ"),
}
"""The rows of the impact, by how their first cell begins; the longest beginning counts."""

COLUMNS = {
    "timeline": {
        "time": ("time", "時刻", "時間"),
        "what": ("what happened", "what", "event", "できごと", "出来事", "何が起きたか", "内容"),
        "source": ("source", "evidence", "出典", "根拠", "情報源"),
    },
    "measures": {
        "change": ("change", "number", "変更", "番号"),
        "time": ("time", "時刻", "時間"),
        "what": ("what was done", "what", "action", "対応", "内容", "行ったこと"),
        "effect": ("effect", "result", "効果", "結果"),
        "came": ("what came of it", "what it did", "note", "remark", "どうなったか", "その結果", "補足", "備考"),
    },
    "actions": {
        "what": ("action", "what", "内容", "対策", "行うこと", "アクション"),
        "owner": ("owner", "who", "担当", "責任者"),
        "kind": ("kind", "type", "種類", "種別", "分類"),
        "due": ("due", "deadline", "by when", "期限", "期日"),
        "seen": (
            "how one sees",
            "how we see",
            "how to see",
            "way to see",
            "done when",
            "verification",
            "完了の確かめ方",
            "確かめ方",
            "確認方法",
            "完了条件",
        ),
    },
}
"""The columns of each table, by how their headings begin."""
NEEDED = {
    "timeline": ("time", "what", "source"),
    "measures": ("effect",),
    "actions": ("what", "owner", "kind", "due", "seen"),
}

EFFECTS = {
    "none": ("none", "なし", "no effect", "no change", "無し", "効果なし", "変化なし"),
    "worse": ("worse", "悪化", "made it worse", "悪化した"),
    "mitigated": ("mitigated", "緩和", "緩和した"),
    "resolved": ("resolved", "解決", "解決した"),
}
"""What a measure did: a cell is one of these."""
KINDS = {
    "prevent": ("prevent", "予防", "prevention", "防止"),
    "detect": ("detect", "検知", "detection", "検出"),
    "mitigate": ("mitigate", "緩和", "mitigation", "軽減"),
    "respond": ("respond", "対応", "response"),
    "investigate": ("investigate", "調査", "investigation"),
}
"""What an action is for: a cell is one of these."""
VALUES = {"value": ("value", "値")}
"""The column of the impact that is compared."""
SOURCES = {
    "pager": ("pager.jsonl", "pager", "ページャー"),
    "chat": ("chat.txt", "chat.ja.txt", "chat", "チャット"),
    "changes": ("changes.jsonl", "changes", "change log", "変更"),
    "metrics": ("metrics.csv", "metrics.svg", "metrics.ja.svg", "metrics", "メトリクス"),
    "customers": ("customers.csv", "customers", "customers' book", "customer book", "客の台帳", "台帳"),
    "orders": ("orders.csv", "orders", "注文"),
    "log": ("log.txt", "log", "logs", "ログ"),
    "sessions": ("sessions.txt", "sessions", "セッション"),
}
"""The files of the recording that have lines of the night, and what people call them."""
THINGS = {
    "cache": (("memcached", "cache", "キャッシュ"), ("cache.restart",)),
    "catalog": (("catalog", "カタログ"), ("catalog.restart",)),
    "release": (("release", "リリース", "117", "118"), ("checkout.release", "checkout.rollback")),
    "lock": (
        ("lock", "ロック"),
        ("database.lock-wait", "database.kill", "evening-archive.run", "catalog.restart"),
    ),
    "archive": (
        ("archive", "集計"),
        ("evening-archive.schedule", "evening-archive.run", "database.kill"),
    ),
    "session": (("session", "セッション"), ("database.kill",)),
}
"""What was changed, as people call it, and the changes of the recording that changed it or what it held."""

EMPTY = (
    "",
    "-",
    "–",
    "—",
    "?",
    "tbd",
    "todo",
    "n/a",
    "none",
    "未定",
    "なし",
    "無し",
    "同上",
    "-",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "all",
    "誰か",
    "全員",
    "みんな",
    "done",
    "完了",
    "it is done",
    "when done",
)
"""What says nothing in a cell that has to say something."""
HUMAN_ERROR = (
    "human error",
    "operator error",
    "human mistake",
    "carelessness",
    "negligence",
    "inattention",
    "lack of attention",
    "lack of care",
    "was careless",
    "were careless",
    "not careful",
    "did not pay attention",
    "carelessly",
    "negligent",
    "inattentive",
    "not attentive",
    "operator oversight",
    "wrong decision",
    "insufficient care",
    "lack of discipline",
    "lack of diligence",
    "sloppy",
    "ヒューマンエラー",
    "人的ミス",
    "人為的ミス",
    "操作ミス",
    "不注意",
    "注意不足",
    "確認不足",
    "うっかり",
    "注意力の低下",
    "気の緩み",
    "油断",
    "勘違い",
    "思い込み",
    "オペレーションミス",
    "教育不足",
    "怠慢",
)
"""What stands for a person in the place of a cause."""
