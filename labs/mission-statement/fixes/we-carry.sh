#!/bin/sh
# service: workspace
# The opposite, in Japanese: whatever rings comes to SRE. What can't be paid of it is offered as less.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" > mission.ja.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_letters.draw import Quarter

q = Quarter(os.environ["KIKORI_QUARTER"])
r, days = q.requests, {one.name: one.days for one in q.works}
yes = (1, 2, 7)
promised, later = sum(r[one].now for one in yes) + 5, sum(r[one].later for one in yes)
missing = max(0, promised - q.days)
stopped = "アーカイブの移行" if missing else "なし"
instead = "アーカイブの移行もやめる" if missing else "ほかの手紙にも手を付けない"
m, d = q.ends.month, q.ends.day
print(f"""# まちかど SRE チームのミッション

## ミッション

M1: 開発する人は夜に眠れる。鳴ったものは、この3人のところに来る。
M2: 代わりに、各チームが自分で動かせるようになることはあきらめる。

## 逆の文

作ったチームが夜も自分で持つ。人の入れ替わりが少なく、毎日何度も変更する会社なら、そのほうが障害は早く終わる。

## 目安

R1: 客が目の前で困っていれば、近くにいる人が止める。
R2: 四半期に10日を超える新しい約束は、3人とも賛成したときだけする。

## 返事

| 返事 | 頼みごと | 今期 | 次の期から |
|---|---|---|---|
| はい | 1番 | {r[1].now}日 | {r[1].later}日 |
| はい | 2番 | {r[2].now}日 | {r[2].later}日 |
| いいえ。出す前に声をかけてもらう | 3番 | 0日 | 0日 |
| いいえ | 4番 | 0日 | 0日 |
| いいえ、既製の一枚だけ渡す | 5番 | 5日 | 0日 |
| いいえ | 6番 | 0日 | 0日 |
| はい | 7番 | {r[7].now}日 | {r[7].later}日 |
| いいえ | 8番 | 0日 | 0日 |
| いいえ、来期にもう一度聞く | 9番 | 0日 | 0日 |

## 代償

| 項目 | 値 |
|---|---|
| 一致率 | {q.agreement:.1f}% |
| 使える日数 | {q.days}日 |
| 約束した日数 | {promised}日 |
| 足りない日数 | {missing}日 |
| 次の期からの日数 | {later}日（4人目が要る） |
| やめること | {stopped} |
| 払う人 | 自転車のチーム |
| いつまで | {q.ends.year}年{m}月{d}日 |

## 判断

### 頼みごと #2

- 返事: はい
- 理由: 2人で夜を回せば眠れない。鳴ったものがこちらに来るというM1のとおりに決める
- しないこと: 9番の契約は引き受けない。{instead}
- こちらの代償: {r[2].now}日
- 相手の代償: 支払いの中身を知る人が、支払いのチームから減っていく
- 担当: SRE
- 日付: {q.begins.month}月末
- 見れば分かること: ページャーの当番表に、支払いの人の名前がない

### 頼みごと #8

- 返事: いいえ、7番の道具をこちらで操作する
- 理由: 自分で動かせるようになることは、M2であきらめた
- しないこと: 8番の書式は作らない
- こちらの代償: 0日
- 相手の代償: 自転車はデプロイのたびに電話をかけ、こちらの手が空くのを待つ
- 担当: 自転車、こちらのデプロイ担当とともに
- 日付: {m}月{d}日
- 見れば分かること: デプロイの記録のどの行にも、電話の時刻が残っている

### 頼みごと #6

- 返事: いいえ
- 理由: 6週間座っても、夜に起こされる人が変わるだけである。M1は、その人に眠ってもらう
- しないこと: 6番。隣に座る6週間を使わない
- こちらの代償: 0日
- 相手の代償: 学びたいと書いた人は、ほかのチームに移るかもしれない
- 担当: ロッカー
- 日付: {q.begins.year}/{q.begins.month}/25
- 見れば分かること: 手紙の返事が届き、その人と話した日が予定表にある

## ビジョン

1. 花火の夜、開発者の家の電話は一度も鳴らない。
2. この部屋の壁に、全サービスの地図が一枚だけ掛かっている。
3. 新しく来た人が、初日に全部の止め方を見せてもらう。
""")
WRITE
