"""The words of the form in both languages, as people write them."""

from __future__ import annotations

import re
from pathlib import Path

from filled_form.filler import ours
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
WHY = 6
"""The fewest words of a reason."""

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
        "came": ("what has come", "what came", "outcome", "result", "その後", "どうなった", "結果"),
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
        "change": ("change", "to", "変更", "新しい値"),
        "why": ("why", "reason", "理由", "なぜ"),
        "evidence": ("evidence", "証拠", "根拠"),
        "decided": ("decided", "who decided", "決めた人", "決定者"),
        "agreed": ("agreed", "who agreed", "同意"),
        "told": ("told", "who is told", "知らせ", "通知"),
        "again": ("again", "look again", "次に見る日", "再確認", "期日"),
    },
}
"""The columns of each table, by how their headings begin."""

PILES = {
    "renew": ("renew", "renewed", "更新"),
    "decide": ("decide", "決める", "要判断"),
    "retire": ("retire?", "retire", "廃止?", "廃止"),
}
VERDICTS = {
    "keep": (
        "keep",
        "kept",
        "renew",
        "return to force",
        "back in force",
        "in force",
        "維持",
        "継続",
        "そのまま",
        "更新",
        "復帰",
    ),
    "raise": ("raise", "raised", "引き上げ", "上げる"),
    "lower": ("lower", "lowered", "引き下げ", "下げる"),
    "exception": (
        "exception",
        "suspend",
        "suspended",
        "例外",
        "期限付きの例外",
        "停止",
        "期限付き例外",
        "延長",
        "prolong",
    ),
    "measure": (
        "measure",
        "measure otherwise",
        "measure instead",
        "another indicator",
        "測り方",
        "別の測り方",
        "指標を変える",
    ),
    "owner": ("owner", "new owner", "name an owner", "責任者", "新しい責任者", "責任者を決める"),
    "retire": ("retire", "retired", "廃止"),
}
"""What may be decided, one word or two each; the longest that fits counts."""

PEOPLE = {
    "vera": (r"vera", r"ベラ", r"owner (?:of|for) (?:the )?shop|shop'?s? owner|店の責任者"),
    "ono": (r"ono", r"オノ", r"owner (?:of|for) (?:the )?schools|schools?'?s? owner|学校の責任者"),
    "takumi": (r"takumi", r"タクミ", r"owner (?:of|for) print(?:ing)?|print(?:ing)?(?:'s)? owner|印刷の責任者"),
    "mori": (r"mori", r"モリ", r"director|社長"),
    "signe": (r"signe", r"シグネ", r"\bsres?\b"),
    "riku": (r"riku", r"リク", r"shop(?:'s)? team|店のチーム"),
    "joji": (r"joji", r"ジョージ", r"schools'? team|学校のチーム"),
    "ines": (r"ines", r"イネス", r"print(?:ing)?(?:'s)? team|印刷のチーム"),
    "lena": (r"lena", r"レナ", r"platform(?:'s)? team|基盤のチーム"),
    "hisae": (r"hisae", r"ヒサエ", r"helpline|help line|問い合わせ窓口|窓口"),
    "paulo": (r"paulo", r"パウロ", r"\bsales\b|営業"),
}
"""Everybody, by name in each language and by what they do."""
CROWD = (
    r"\b(?:all|everybody|everyone|we|us|meeting|committee|team|teams|group|both|nobody|somebody|someone|consensus)\b|"
    r"会議|全員|みんな|皆|委員会|チーム|合意|誰か|我々|私たち"
)
"""Words for many, or for nobody in particular."""
EVERYBODY = (
    r"\b(?:all|everybody|everyone|whole company|(?:each|every) owner)\b|"
    r"全員|みんな|皆|全社|すべての|全ての|(?:全|各)(?:責任者|チーム|部署)|責任者(?:たち|達|各位)"
)
"""Words for all, who may be told but can't decide."""
DENIED = (
    r"\b(?:not|no|never|without|except|but|neither|nor|refused?|refuses|against|later|to be)\b|n't\b|\?|"
    r"ない|ません|以外|除く|除き|せず|なし|反対|未確認|未定|断った|断られ"
)
"""Words that take a name back."""
BESIDE = frozenset(
    re.findall(
        r"[a-z]+",
        "and both all as well also too the a of for in on at by to with from down up have has had did each every alone "
        "agree agrees agreed accept accepts accepted yes ok said say says can live talks talk md txt see their his her "
        "own words word owner owners director sre keeps keep form contracts speaks speak team teams lead leads shop "
        "school schools print printing platform sales helpline help line decides decided alone himself herself mr ms "
        "mrs who whole company everybody everyone per cent percent asked w jan january feb february mar march apr "
        "april may jun june jul july aug august sep september oct october nov november dec december takes take "
        "it over new becomes gets",
    )
)
"""Latin words that may stand beside the name of who decided or agreed."""
BESIDE_JA = (
    r"同意(?:済み?|した|している|しています|する|します|あり)?|承知(?:した|済み)?|了承(?:した|済み)?|賛成(?:した)?|決定|決めた|"
    r"責任者|代表|担当|社長|営業|問い合わせ|窓口|契約|管理|書式|守る|店|学校|印刷|基盤|チーム|聞き取り|より|まで|なら|構わない|"
    r"引き受け(?:る|ます)|引き継(?:ぐ|ぎます)|になる|任せる|新しい|さん|さま|様|氏|および|及び|ならびに|とも|両方|両者|両名|[とのはがもでにをや2二人名月日年]|\d+(?:人|名|月|日|年)?"
)
"""The same in Japanese."""
BESIDE_DAY = frozenset(
    re.findall(
        r"[a-z]+",
        "on by the of in a at next review reviews day date second third last first quarter quarterly monday mon "
        "tuesday "
        "tue tues wednesday wed thursday thu thurs friday fri saturday sat sunday sun noon morning afternoon utc is",
    )
)
"""Latin words that may stand beside a day."""
BESIDE_DAY_JA = (
    r"次の次|次々回|次回|次|レビュー|会議|遅くとも|まで|期日|午前|午後|[月火水木金土日]曜日?|"
    r"[月火水木金土日年のにはでを、。]"
)
"""The same in Japanese."""
TOLD = frozenset(
    re.findall(
        r"[a-z]+",
        "mail email e letter letters post phone telephone call calls chat channel message page banner notice "
        "board status "
        "newsletter wiki site web intranet meeting standup stand list writing written person personally today tomorrow "
        "monday tuesday wednesday thursday friday week next month day morning minutes protocol copy summary review who "
        "customers customer parents parent users user photographers photographer people partners staff colleagues "
        "printers public everyone each through gets get receives told informed know knows together before first then "
        "this it s tells tell ops support halls log",
    )
)
"""Latin words that may stand beside those who are told: how, when, and groups."""
TOLD_JA = (
    r"メール|手紙|電話|口頭|書面|文書|チャット|掲示板?|会議|朝会|議事録|お知らせ|通知|連絡|説明|直接|本人|今日|本日|明日|来週|今週|"
    r"保護者|客|顧客|利用者|ユーザー|生徒|カメラマン|写真家|取引先|社内|サイト|ページ|各|全|知らせる|伝える|伝えた|から|経由|へ"
)
"""The same in Japanese."""
CITES = frozenset(
    re.findall(
        r"[a-z]+",
        "incident incidents page pages change changes decision decisions entry log record records week weeks "
        "csv md see "
        "the of in from and both all evidence quarter its w talks needs relies objectives calm quiet low lowest "
        "worst bad "
        "loud due closed journey move three four five six seven album editor cart photo upload postcards poster orders "
        "preview print queue school gallery sign thumbnails tracking voucher",
    )
)
"""Latin words that may stand before a record."""
CITES_JA = (
    r"聞き取り|苦情|多い|少ない|低い|低かった|悪い|静かな|いちばん|期日|来た|移設|ジャーニー|"
    r"障害|呼び出し|変更|決定|記録|証拠|番号|四半期|週|第|[の、とは:]"
)
"""The same in Japanese."""
BESIDE_VERDICT = frozenset(
    re.findall(
        r"[a-z]+",
        "it as is the number numbers at its promise old same objective percent per cent unchanged for now this quarter "
        "another until next review with force back otherwise instead indicator an a owner name new by to from on of "
        "time limited temporarily in jan january feb february mar march apr april may jun june jul july aug august sep "
        "september oct october nov november dec december",
    )
)
"""Latin words that may stand behind a verdict, in the same part of its cell."""
BESIDE_VERDICT_JA = (
    r"数字|目標|指標|測り方|変える|変更|責任者|決める|例外|期限|付き|認める|現状|今|当面|次回|レビュー|次|四半期|"
    r"とする|にする|する|します|した|です|である|まま|まで|から|[のをはにでとへ年月日%]"
)
"""The same in Japanese."""
SUSPENDED = r"suspen|until|till|\bto\b|\bw ?\d|停止|まで|期間|から|〜|~"
"""Words by which an exception says from when to when, or what is suspended."""


SHAPE = Shape(
    parts=PARTS,
    columns=COLUMNS,
    lists={"numbers": NUMBERS},
    first="summary",
)
"""What the form has."""
OURS = ours(Path(__file__).resolve().parents[2] / "labs" / "quarterly-review")
"""What the task, the forms and the examples say."""


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(*labels(words))
