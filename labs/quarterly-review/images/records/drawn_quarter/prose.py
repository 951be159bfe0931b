"""The sentences of the records, English and Japanese beside each other."""

from __future__ import annotations

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

README = (
    """# The second quarter of 2026

Twelve of Shashin-ya's objectives, and what has come of them. The review is on {review}; the next ones are on {next}
and on {after}. The other objectives, *gallery-evening* among them, are looked at in October.

| file | what it is |
|---|---|
| objectives.csv | each objective, in percent of all valid events; for which product it is, which team keeps it, who answers for it (- is nobody) |
| weeks.csv | valid events, bad ones, and complaints, week by week. The store keeps more weeks than the quarter has: **the quarter is W14 to W26**, 30 March to 28 June |
| needs.csv | what an objective can't do without, all at once: the percentage that is promised there, and what was kept in the quarter |
| relies.csv | who builds on an objective, and so must agree before it gets worse |
| incidents.csv, pages.csv, changes.csv | what went wrong, what rang (in UTC), what was changed. Each has rows from before and after the quarter |
| decisions.csv | the decision log |
| people.csv | who is who |
| talks.md, talks.ja.md | what people have said in the week before the review |

## How we sort

A week in which an objective was suspended does not count for it, with all that came in it.

- **retire?** has what had no valid event in the quarter, and what nobody answers for.
- **decide** has, of the rest: what was missed (more than 100 % of the budget used); what is loud (more than one complaint
  in 100,000 valid events); what is kept by far too much (less than 10 % of the budget used); what has a decision in the log
  whose day came after the last review, 9 April, up to this one; and that whose journey was changed in the quarter (kind
  "journey" in changes.csv; a release is none).
- **renew** has all others. They stay as they are, and are read out.

The meeting takes 5 minutes for the last log, 5 for the pile "renew", 5 for each of "retire?", 10 for each of "decide", and
10 for the new log.

## How we decide

- The owner of the product decides, as one person. Where nobody answers for an objective, the director does.
- **lower**: those who build on it have agreed to that number, and users bear it. That is shown by three weeks at least, of
  those in weeks.csv, in which it was as low as the new number, or lower, and no more complaints came than one in 100,000.
- **exception**: the number stays and is suspended until a day, the next review at the latest. Those who build on it have
  agreed. It is prolonged once, and not a second time.
- **raise**: the team that keeps it has agreed, and what it needs allows for it.
- **retire**: those who build on it are told.
- A decision is looked at again on a day after this review, and at the latest in the one after the next.
""",
    """# 2026年の第2四半期

写真屋の12の目標と、その結果である。レビューは{review}、その次の2回は{next}と{after}に開く。gallery-evening など、ほかの目標は10月に見る。

| ファイル | 内容 |
|---|---|
| objectives.csv | 目標の一覧。有効なイベントに対する割合（%）、どの製品のものか、守るチーム、責任者（- はいない） |
| weeks.csv | 有効なイベント、悪いイベント、苦情の件数を、週ごとに。四半期より長い期間の週が残っている。**四半期は W14 から W26 まで**（3月30日から6月28日） |
| needs.csv | 目標を守るのに、どれも欠かせないもの。そこで約束された割合と、四半期に守られた割合 |
| relies.csv | その目標の上に作っている人。悪くする変更には、事前の同意が要る |
| incidents.csv、pages.csv、changes.csv | 起きた障害、鳴った呼び出し（UTC）、行った変更。どれにも四半期の前後の行がある |
| decisions.csv | 決定記録 |
| people.csv | 誰が何の担当か |
| talks.md、talks.ja.md | レビュー前の1週間の聞き取り |

## 仕分けの決まり

目標が停止されていた週は、その目標については、その週のものを一切数えない。

- **廃止?** は、四半期に有効なイベントが1件もなかったものと、責任者のいないもの。
- **決める**は、残りのうち次のもの。破られたもの（予算の消費が100% を超えた）。苦情の多いもの（有効なイベント10万件に1件を超えた）。守られすぎているもの（予算の消費が10% 未満）。決定記録の期日が、前回のレビュー（4月9日）より後、今回までに来たもの。四半期にジャーニーの変わったもの（changes.csv の種類が journey。リリースは含まない）。
- **更新**は、そのほか。読み上げて、そのまま続ける。

会議の時間は、前回の記録に5分、「更新」の山に5分、「廃止?」に1件5分、「決める」に1件10分、新しい記録に10分とする。

## 決め方の決まり

- 製品の責任者が、1人で決める。責任者のいない目標は、社長が決める。
- **引き下げ**: 上に作っている人がその数字に同意していて、ユーザーも耐える。耐える証拠は、weeks.csv にある週のうち、新しい数字以下まで下がり、苦情が10万件に1件以下だった3週以上。
- **例外**: 数字はそのままで、ある日まで停止する。遅くとも次回のレビューまで。上に作っている人が同意している。延長は1回だけで、2回目はない。
- **引き上げ**: 守るチームが同意していて、必要とするものの上限を超えない。
- **廃止**: 上に作っている人に知らせる。
- 決定は、今回より後の日、遅くとも次の次のレビューで、もう一度見る。
""",
)

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
            ("The number may stay for now, if you count what people see.", "見えているものを数えるなら、数字は当面そのままで。"),
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
    "loud": ("too many at once; people saw a white page and wrote to us", "アクセスが集中し、画面が白くなって苦情が来た"),
    "due": ("during the move", "移設中に発生"),
    "release": ("a release, taken back", "リリースを戻した"),
    "disk": ("a disk was full", "ディスクがいっぱいになった"),
    "certificate": ("a certificate had run out", "証明書の期限が切れた"),
}
CHANGES = {
    "journey": ("people now do this on the telephone, in one step in the place of three", "電話機の上で、3手順を1手順で済ませるようになった"),
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
