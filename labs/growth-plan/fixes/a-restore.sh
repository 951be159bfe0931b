#!/bin/sh
# service: workspace
# In Japanese: a restore that nobody has tried, with the full disk given away.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" > plan.ja.md <<'WRITE'
import os
import sys
from collections import Counter
from datetime import timedelta

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
times = Counter(one.problem for one in y.log)
seen, again = set(), 0.0
for one in y.log:
    again += one.hours if one.problem in seen else 0
    seen.add(one.problem)
blank = [one.japanese for one in y.parts.values() if not one.knows]
most = max(y.parts.values(), key=lambda one: one.asked).japanese
e, w = y.next["E"], y.week
takes = e.weeks * e.hours
planned = takes + 12.5 + 1 + 4 + 9
freed = w["W1"].hours * 12 + w["W4"].hours * 13 + w["W3"].hours * 13

asked = y.begins - timedelta(days=20)


def day(week, weekday=4):
    one = y.begins + timedelta(days=7 * (week - 1) + weekday)
    return f"{one.year}年{one.month}月{one.day}日"


print(f"""# エムレの{y.begins.year}年{y.begins.month}月からの成長の計画

## 深い分野

- 分野: バックアップ
- 選んだ理由: 動いているかと聞かれるたびに、動いているはずだとしか答えられなかった
- 説明できること: 消えた1件が、どの写しのどこから、何分で戻るか

## 次の問題

- 問題: E
- 言葉にすると: 薬局のリストアは一度も試されていない
- 誰の問題: 処方箋とストレージ
- 解決と言う人: ストレージ、処方箋
- 解決の条件: 店長が選んだ1日分を、3回続けて2時間以内に戻せる
- 一段上: 壊れてから直すのではなく、まだ壊れていないものを二つのチームと試す
- 週数: {e.weeks}週間
- 週あたりの時間: {e.hours}時間

## 去年

- 解決した回数: {len(y.log)}回
- 異なる問題: {len(times)}
- また起きた回数: {len(y.log) - len(times)}回
- また起きたものの時間: {again:.1f}時間
- よその問題: {sum(one.whose != "own" for one in y.problems.values())}
- 書いた問題: {sum(one.written for one in y.problems.values())}
- 渡した問題: {sum(one.handed_on for one in y.problems.values())}
- 知っている部分: {sum(one.knows > 0 for one in y.parts.values())}
- いちばん聞かれた部分: {most}

## 手順

| 種類 | 対象 | 手順 | 日付 | 時間 | 見れば分かること |
|---|---|---|---|---|---|
| 問題 | E | 店長の選ぶ日を3回戻す | {day(12)} | {takes} | 3回の開始と終わりの時刻に店長の署名がある |
| 深い | バックアップ | 写しの中身を1件ずつたどる | {day(6)} | 12.5 | 夜勤の2人が、私を呼ばずに1件を戻した記録 |
| 広く | {blank[0]} | そこで働く人に1時間聞く | {day(2)} | 1時間 | 地図のその部分に、聞く相手の名前が入っている |
| 書く | P5 | 遅れたときの手順を1ページ書く | {day(8)} | 4 | 当番の新人が一度それで直した |
| 渡す | P2 | ディスクの件を若手に任せて見守る | {day(13)} | 9 | 本人が発表し、質問にも答えた |

## やめること

| 仕事 | 週あたりの時間 | いつから | 引き受ける人 |
|---|---|---|---|
| W1 | {w["W1"].hours:g} | {day(2, 0)} | 当番の4人 |
| W4 | {w["W4"].hours:g} | {day(1, 0)} | 会議を開く人 |
| W3 | {w["W3"].hours:g} | {day(1, 0)} | なくす |

配車のオンコールは、当番の4人に先月伝えた。報告書は6月から誰も読んでいない。

## 計算

- 空ける時間: {freed:g}時間
- 計画した時間: {planned:g}時間
- 残り: {freed - planned:g}時間

## ほかの人

- 読む人: 夜勤の人たち
- 渡す相手: ジュン
- 頼んだ日: {asked.month}月{asked.day}日
- 見る人: ハルカ
- 見る日: {day(13)}
""")
WRITE
