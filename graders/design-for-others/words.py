"""The words of the form in both languages, as people write them."""

from __future__ import annotations

import re
from pathlib import Path

from filled_form.filler import ours
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
ACTION, SAFE = 4, 3
"""The fewest words of a first action, and of what is safe until morning."""

FACTS = {
    "port": ("port for reports", "reports' port", "報告のポート", "報告を受けるポート"),
    "metrics": ("port for metrics", "metrics' port", "メトリクスのポート"),
    "host": ("machine", "host", "server", "マシン", "ホスト", "サーバー"),
    "user": ("runs as", "user", "実行ユーザー", "ユーザー"),
    "data": ("data", "database", "データ"),
    "backups": ("backups lie", "backup folder", "backups", "バックアップの場所", "バックアップ先"),
    "every": ("a backup every", "backup every", "backup interval", "バックアップの間隔"),
    "kept": ("backups are kept", "backups kept", "kept", "バックアップの保存"),
    "memory": ("memory", "メモリ"),
    "at_once": ("reports at once", "同時の報告", "同時に受ける報告"),
    "largest": ("largest report", "報告の最大", "最大の報告"),
    "oldest": ("a report counts", "report counts", "oldest report", "報告の有効", "報告が有効"),
    "stop": ("a stop takes", "stop takes", "停止にかかる", "停止の最大"),
    "docks": ("docks in service", "使用中のドック", "稼働中のドック"),
    "least": ("docks in a snapshot", "スナップショットのドック"),
    "resend": ("docks keep", "ドックが覚えている", "ドックの保持"),
    "nights": ("nights without", "スナップショットなし", "なしで済む夜"),
}
"""The rows of the facts, by how their first cell begins; the longest beginning counts."""
PLACES = {
    "override.conf": r"override|drop-?in|ドロップイン",
    "tally.service": r"tally\.service(?!\.d)|\bunit\b|ユニット",
    "tally.toml": r"tally\.toml|\btoml\b",
    "tally.cron": r"\bcron|cron\.d/tally",
    "docks.json": r"docks\.json",
    "tally.py": r"tally\.py|\b(?:code|program)\b|プログラム|コード",
    "chat.txt": r"\bchat\b|chat(?:\.ja)?\.txt|チャット",
}
"""The files in which something is set, as people name them."""

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
        "do": ("do", "command", "すること", "コマンド"),
        "seen": ("what must be seen", "must be seen", "expect", "見えるはず", "期待"),
        "otherwise": ("if not", "else", "違えば", "違ったとき"),
    },
    "alerts": {
        "name": ("alert", "アラート"),
        "minutes": ("rings after", "after", "鳴るまで"),
        "loud": ("how loud", "severity", "強さ", "種類"),
        "who": ("who", "誰", "担当"),
        "action": ("first action", "最初に"),
    },
    "failures": {
        "name": ("failure", "what goes wrong", "故障", "何が起きる", "壊れ方"),
        "seen": ("how it is seen", "how one sees", "seen by", "見え方", "どう見える"),
        "action": ("first action", "最初に"),
        "safe": ("safe until", "safe", "朝まで"),
        "before": ("seen before", "incident", "before", "過去", "前例"),
    },
}
"""The columns of each table, by how their headings begin."""

EFFECTS = {
    "stops": ("stops", "stop", "ends", "止まる", "停止", "終わる"),
    "stale": ("stale", "goes on with the last list", "古いまま", "前の一覧のまま", "前回のまま"),
    "refuses": ("refuses", "refuse", "turns away", "断る", "拒む", "拒否"),
    "open": ("open", "takes all", "unchecked", "素通し", "確かめずに受ける", "無検査"),
    "waits": ("waits", "keeps and sends later", "spools", "溜める", "ためる", "待たせる", "後で送る"),
    "loses": ("loses", "lost", "drops", "失う", "失われる", "捨てる"),
}
"""What becomes of it without something, one word each."""
TASKS = {
    "start": ("start", "starting", "起動"),
    "stop": ("stop", "stopping", "停止"),
    "restore": ("restore", "restoring", "復元"),
}
LOUD = {"page": ("page", "pages", "呼び出し", "ページ"), "ticket": ("ticket", "チケット")}
TEAMS = {"bicycles": r"bicycle|自転車", "servers": r"\bservers?\b|サーバー"}
"""Who is on call, as people name them."""
MEMBERS = r"\b(?:nao|tsubasa|mei|kuramoto|aki)\b|ナオ|クラモト|ツバサ"
"""Single people of the teams."""
AUTHOR = re.compile(
    r"\brin\b|(?<![ァ-ヺー])リン(?![ァ-ヺー])",
    re.ASCII,
)
HEAD = re.compile(
    r"\b(?:ask|asks|asking|call|ring|phone|telephone|contact|wake|ping|page|consult|message|tell)\b(?: up)? "
    r"(?:rin\b|(?:somebody |someone )?(?:(?:at|in|of) )?the tram(?:way)? (?:project|team|people)\b|"
    r"(?:the|its|tally's) (?:author|maker|(?:old |former )?colleague)\b|"
    r"(?:the (?:one|person|colleague|developer)|her|whoever|somebody|someone)(?: who)? "
    r"(?:built|wrote|made|has built|has written) )|"
    r"(?:作った|書いた|開発した)(?:人|者|本人)に(?:聞|訊|尋|連絡|電話|相談|問い合わせ|頼)|"
    r"(?:作者|元の担当(?:者)?|前の担当(?:者)?|異動した人|路面電車の(?:ほう|プロジェクト|チーム)?)(?:に|へ)(?:聞|訊|尋|連絡|電話|相談|問い合わせ|頼)|"
    r"\brin (?:knows|will know|can tell|can say|has it|would know|decides|will help)\b|\bonly rin\b|\brin's head\b|"
    r"(?<![ァ-ヺー])リン(?:さん)?(?:に|へ)(?:聞|訊|尋|連絡|電話|相談|問い合わせ|頼)|"
    r"(?<![ァ-ヺー])リン(?:さん)?を(?:呼|起こ)|(?<![ァ-ヺー])リン(?:さん)?(?:だけ)?(?:が|は)(?:知|分か)",
    re.ASCII,
)
"""Where a document sends its reader to the author."""
AS_AUTHOR = re.compile(
    r"^(?:'s\b| (?:wrote|built|told|said|has told|has written)\b|(?:さん)?の(?:書|作|話))",
    re.ASCII,
)
"""Behind the author's name where it only says where something comes from."""
VAGUE = re.compile(
    r"\b(?:normal(?:ly)?|as usual|plausible|fine|ok|okay|good|well|all right|works?|running|healthy)\b|"
    r"正常|いつもどおり|いつも通り|問題な|妥当|大丈夫|動いて",
    re.ASCII,
)
"""Words for a result that only its author can read."""
VIOLENT = re.compile(
    r"kill (?:-s |--signal[= ])?-?(?:9|kill|sigkill)\b|\bsigkill\b|\b(?:pkill|killall)\b|"
    r"\bsignal (?:nine|9)\b|\b(?:kill|stop|end)(?:ing)? (?:\w+ ){0,3}?(?:hard|harder|forcibly|by force|the hard way)\b|"
    r"\bforce[- ](?:kill|quit|stop)|\b(?:pull|cut)(?:ting|ing)? "
    r"(?:(?:out|off|the|its|machine's|server's|host's|power|electricity) ){0,4}(?:plug|power|cord)\b|"
    r"\bpower(?:ing)? off\b(?! (?:the )?(?:gateway|dock))|\bpoweroff\b|"
    r"\b(?:power|switch|turn)(?:ing)? "
    r"(?:it|tally|(?:the )?(?:machine|server|host|tram|ferry|harbour|hill|beach)) off\b|"
    r"\breboot (?:-\w*f|--force)\b|"
    r"強制(?:終了|停止|的に(?:終|止|停|落))|(?<!ゲートウェイの)電源を(?:切|落と|抜)|"
    r"(?:プラグ|コンセント)を抜|シグナル ?9",
    re.ASCII,
)
"""What ends it without its having put anything away."""
LIES = r"(?:\S{0,60}docks\.db(?:[.-]\w{1,20})?|\S{0,60}/tally/?(?:docks-[\w.:-]{1,40})?)(?![\w./-])"
"""Where the data, its lock and its backups lie."""
DELETES = re.compile(
    rf"\b(?:rm|unlink|delet(?:e|es|ing)|remov(?:e|es|ing)|eras(?:e|es|ing)|wip(?:e|es|ing)|truncat(?:e|es|ing)) "
    rf"(?:(?!report|prune|old)[^.;,]){{0,40}}?{LIES}|"
    r"\b(?:delet|remov|eras|wip|truncat)(?:e|es|ing) (?:(?:the|its|all|whole|torn|damaged|of) ){1,4}"
    r"(?:databases?|data|lock|lock file|backups)\b|"
    rf"{LIES} ?(?:を|の)(?:すべて|全部|全て)?(?:削除|消|捨|ファイルを(?:すべて|全部)?(?:削除|消|捨))|"
    r"(?<!古い)(?:データベース|ロック(?:ファイル)?|バックアップ)を(?:すべて|全部|全て)?(?:削除|消|捨て)",
    re.ASCII,
)
"""What throws them away."""
NEWEST = re.compile(r"\b(?:newest|latest|youngest|most recent|last|ls -\w*t)\b|最新|新しい|直近|直前|最後", re.ASCII)
OLDEST = re.compile(r"\b(?:oldest|earliest|first file)\b|(?:一番|いちばん|最も)古い|最古", re.ASCII)
"""Which of the backups."""
DOCKS_SEEN = re.compile(
    r"(?<!\d)(\d{1,6}) ?(?:or more |個?(?:以上)?の)?(?:docks?\b|ドック)|"
    r"(?:docks|ドック)(?:が|は|の数(?:が|は))?:? ?(?:at least |>= ?)?(\d{1,6})",
    re.ASCII,
)
"""How many docks are to be seen."""
FEWER = re.compile(r"silent|missing|lack|lost|黙|欠|失|足り|報告しな", re.ASCII)
"""Words for docks that are not there."""
DIGITS = (
    dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
    | {"a": 1, "an": 1}
    | {
        word: number
        for number, word in enumerate(
            re.findall(r"\w+", "one two three four five six seven eight nine ten eleven twelve"), 1
        )
    }
)
HELD = re.compile(
    rf"(?<!after )(?<![\w昨.,:])(\d+(?:\.\d+)?|{'|'.join(sorted(DIGITS, key=len, reverse=True))})"
    r"[ -]?(?:more |whole |full )?"
    r"(nights?|days?|weeks?|hours?|h|晩|夜|日|週間|時間)(?![a-z])(?! (?:old|ago|later))(?!間?(?:前|後))",
    re.ASCII,
)
"""How long something holds, in the words of a cell."""
AS_USER = r"(?:nohup |exec |env |sudo (?:-\w+ )*(?:tally |docks |bicycle )?)*"
BEGINS = r"(?<!somebody )(?<!someone )(?<!anybody )(?<!who )\b(?:re)?(?:start|run|launch|execute)"
ITSELF = r"(?:(?:it|tally|this|another|one|the|program|service|unit|second|server|up|again) ){0,4}?"
WITHOUT_UNIT = r"(?:by hand|manually|with python3?\b|from (?:the|a) (?:shell|terminal|console|prompt))"
STANDS_THERE = r"(?! ?(?:process|is|are|runs|that|which|must|appears|shows|there|を(?:止|終|探)))"
BY_HAND = re.compile(
    r"(?:^|[.;:,、。&] ?|\b(?:then|and|with|use|or|try|(?:re)?start|run|launch|execute)(?: it)?(?: again)?:? )"
    rf"{AS_USER}(?:/usr/bin/)?python3? (?:-\w+ )*\S*tally\.py\b{STANDS_THERE}|"
    rf"{BEGINS} (?:it (?:as )?|the program )?{AS_USER}/opt/tally/tally\.py|/opt/tally/tally\.py ?&(?!&)|"
    rf"{BEGINS} {ITSELF}{WITHOUT_UNIT}",
    re.ASCII,
)
BEGINS_JA = r"(?:再?起動|実行)(?:する|し(?!た|てい|てあ|ない|ません)|$|。|、|;)"
BY_HAND_JA = re.compile(
    rf"(?:手で|手動で|手作業で|自分で|直接)(?:[^。、;]{{0,60}}?(?:を|で) ?)?{BEGINS_JA}|"
    rf"tally\.py ?(?:&|(?:を(?:直接)?|で) ?{BEGINS_JA})|python3? ?で ?{BEGINS_JA}",
    re.ASCII,
)
"""Where somebody is told to start it beside its unit."""
REFUSED = re.compile(
    r"\b(?:never|not|no|nobody|no one|don't|without|instead of|rather than|avoid)\b[^.;]{0,30}$",
    re.ASCII,
)
REFUSED_JA = re.compile(
    r"^[^。]{0,14}(?:しない|使わない|ない|禁止|だめ|せず|やめ|避け|厳禁)|"
    r"^[^.;]{0,12}\b(?:never|forbidden|not allowed|no longer|is no)\b",
    re.ASCII,
)
"""Around what is named to be refused."""


SHAPE = Shape(
    parts=PARTS,
    columns=COLUMNS,
    lists={},
    first="purpose",
)
"""What the form has."""
OURS = ours(Path(__file__).resolve().parents[2] / "labs" / "design-for-others")
"""What the task, the forms and the examples say."""


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(*labels(words))
