"""The sentences of the records, English and Japanese beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Person(NamedTuple):
    """Somebody with a part in the review."""

    names: tuple[str, str]
    roles: tuple[str, str]


PEOPLE = {
    "vera": Person(("Vera", "ベラ"), ("owner for the shop", "店の責任者")),
    "ono": Person(("Ono", "オノ"), ("owner for schools", "学校の責任者")),
    "takumi": Person(("Takumi", "タクミ"), ("owner for printing", "印刷の責任者")),
    "mori": Person(("Mori", "モリ"), ("director", "社長")),
    "signe": Person(("Signe", "シグネ"), ("SRE; keeps the form", "SRE。書式を守る")),
    "riku": Person(("Riku", "リク"), ("speaks for the shop's team", "店のチームの代表")),
    "joji": Person(("Joji", "ジョージ"), ("speaks for the schools' team", "学校のチームの代表")),
    "ines": Person(("Ines", "イネス"), ("speaks for the print team", "印刷のチームの代表")),
    "lena": Person(("Lena", "レナ"), ("speaks for the platform team", "基盤のチームの代表")),
    "hisae": Person(("Hisae", "ヒサエ"), ("helpline", "問い合わせ窓口")),
    "paulo": Person(("Paulo", "パウロ"), ("sales; keeps the contracts", "営業。契約を管理する")),
}

README = tuple((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
"""The rules of the review, in each language."""

TALKS: dict[str, tuple[tuple[str, tuple[str, str]], ...]] = {
    "calm": (("lead", ("Nothing to report.", "特にありません。")),),
    "borne": (
        (
            "lead",
            (
                "We have made hardly an error ourselves. What we rent has failed, as its contract allows.",
                "自分たちの失敗は、ほとんどありません。借りているものが、契約の範囲内で失敗しています。",
            ),
        ),
        (
            "owner",
            (
                "I would rather promise what we can keep. Another provider costs twice as much.",
                "守れることだけを約束したいです。ほかの業者は倍の値段です。",
            ),
        ),
    ),
    "loud": (
        (
            "lead",
            (
                "We miss it, and it is what we can keep with our time. Take something lower, and we have quiet.",
                "守れていません。いまの時間ではこれが限界です。数字を下げれば、静かになります。",
            ),
        ),
        (
            "owner",
            (
                "Whoever meets it writes to us. Two people for six weeks could mend it, and I can spare them.",
                "出くわした人は、必ず書いてきます。2人で6週間あれば直せます。人は出せます。",
            ),
        ),
        (
            "hisae",
            (
                "In a bad week it rings here from morning to night. I can't agree to anything less.",
                "悪い週は、朝から晩まで電話が鳴ります。これより下げるのには同意できません。",
            ),
        ),
    ),
    "kept-loud": (
        (
            "lead",
            (
                "All is green. What people complain about, I can't find in our numbers.",
                "すべて緑です。苦情の中身は、数字には見当たりません。",
            ),
        ),
        (
            "owner",
            (
                "It answers quickly, and shows something old. That is what people write to us.",
                "すぐに返ってきますが、古いものが出ます。苦情はその話です。",
            ),
        ),
    ),
    "ample": (
        (
            "lead",
            (
                "It went well, that is all. We will not get up at night for a higher number that nobody has asked for.",
                "うまくいっただけです。誰も頼んでいない高い数字のために、夜中に起きる気はありません。",
            ),
        ),
        (
            "owner",
            (
                "Should it not be higher, when it is kept anyway? I don't know who counts on it.",
                "どうせ守れているなら、上げてもよいのでは。誰が当てにしているかは知りません。",
            ),
        ),
    ),
    "changed": (
        (
            "lead",
            (
                "Since the change people wait at the telephone, and we still count at our end.",
                "変更の後、人は電話機の上で待っています。数えているのは、まだこちら側です。",
            ),
        ),
        (
            "owner",
            (
                "The number may stay for now, if you count what people see.",
                "見えているものを数えるなら、数字は当面そのままで。",
            ),
        ),
    ),
    "due": (
        (
            "lead",
            (
                "The move is done, and since then all has been well. A little longer would do no harm.",
                "移設は終わり、それからは順調です。もう少し延ばしてもらえると助かります。",
            ),
        ),
        ("owner", ("I have no need of another exception.", "例外は、もう要りません。")),
    ),
    "empty": (
        ("owner", ("It was closed, and nobody has asked for it.", "閉じました。誰からも問い合わせはありません。")),
    ),
    "orphan": (
        (
            "director",
            (
                "It sells in winter alone. Takumi would take it if he is asked; otherwise I have it taken down.",
                "売れるのは冬だけです。頼めばタクミが引き受けますが、そうでなければ畳みます。",
            ),
        ),
    ),
}
"""What is said of an objective, by its part: who, and what in each language."""
LOWER = (
    "I can live with {least}, and not with less.",
    "{least}% までなら構いません。それより下は困ります。",
)
"""Of a lower number, by who builds on it."""
NO_LOWER = {
    "paulo": (
        "Not a tenth less, and not for a while either: it stands in the contracts.",
        "0.1% でも、しばらくの間でも、下げられません。契約に書いてあります。",
    ),
}
"""Who will not have it lower, whichever it is."""

INCIDENTS = {
    "borne": ("what is rented did not answer", "借りているものが応答しなかった"),
    "loud": (
        "too many at once; people saw a white page and wrote to us",
        "アクセスが集中し、画面が白くなって苦情が来た",
    ),
    "due": ("during the move", "移設中に発生"),
    "release": ("a release, taken back", "リリースを戻した"),
    "disk": ("a disk was full", "ディスクがいっぱいになった"),
    "certificate": ("a certificate had run out", "証明書の期限が切れた"),
}
CHANGES = {
    "journey": (
        "people now do this on the telephone, in one step in the place of three",
        "電話機の上で、3手順を1手順で済ませるようになった",
    ),
    "closed": ("no longer offered; the page is closed", "取り扱いを終え、ページを閉じた"),
    "left": ("its owner has left the company", "責任者が退社した"),
    "release": ("a new release; people notice nothing of it", "新しいリリース。使う人には違いがない"),
}
DECISIONS = {
    "suspended": ("suspended while it is moved, until {again}; all agreed", "移設の間、{again}まで停止。全員が同意"),
    "prolonged": (
        "exception prolonged for the first and only time; it is suspended up to and including {week}",
        "例外を延長（1回目、これで最後）。{week} の終わりまで停止",
    ),
    "raised": ("raised by 0.5, as people had asked for it", "要望により0.5引き上げ"),
    "renewed": ("renewed", "更新"),
    "worked-on": ("kept; the team works on it until {again}", "維持。{again}までチームが信頼性に取り組む"),
    "tried": ("tried, without consequences, until {again}", "{again}まで試行。結果を伴わない"),
}
