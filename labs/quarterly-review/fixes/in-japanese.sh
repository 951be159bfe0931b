#!/bin/sh
# service: workspace
# The same quarter in Japanese, other decisions: the borne number stays and is mended, nothing is measured otherwise.
docker exec -i "$KIKORI_STACK-records-1" python3 - > review.md <<'READ'
import csv, math, re

def table(name):
    return [*csv.DictReader(open(f"/records/{name}.csv", encoding="utf-8"))]

goals = {row["objective"]: row for row in table("objectives")}
log, changes, relies = table("decisions"), table("changes"), table("relies")
talks = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", open("/records/talks.md", encoding="utf-8").read(), re.M | re.S))
stop = {row["objective"]: int(re.search(r"W(\d+)", row["en"])[1]) for row in log if "up to and including" in row["en"]}
weeks = [(int(row["week"][1:]), row["objective"], *(int(row[key]) for key in ("valid", "bad", "complaints"))) for row in table("weeks")]
facts, why = {}, {}
for name, goal in goals.items():
    rows = [row[2:] for row in weeks if row[1] == name and max(14, stop.get(name, 0) + 1) <= row[0] <= 26]
    valid, bad, complaints = map(sum, zip(*rows))
    if valid:
        facts[name] = (100 - 100 * bad / valid, 100 * bad / valid / (100 - float(goal["percent"])) * 100, 1e5 * complaints / valid)
    due = [row["number"] for row in log if row["objective"] == name and row["again_on"] == "2026-07-09"]
    turned = [row for row in changes if row["objective"] == name and "2026-03-30" <= row["day"] <= "2026-06-28" and row["kind"] == "journey"]
    other = [row for row in changes if row["objective"] == name and row["kind"] in ("closed", "left")]
    if not valid:
        why[name] = ("empty", [row["number"] for row in other])
    elif goal["owner"] == "-":
        why[name] = ("orphan", [row["number"] for row in other])
    elif facts[name][1] > 100:
        why[name] = ("loud" if facts[name][2] > 1 else "borne", due)
    elif facts[name][2] > 1:
        why[name] = ("kept-loud", [])
    elif facts[name][1] < 10:
        why[name] = ("ample", [])
    elif due or turned:
        why[name] = ("due", due) if due else ("changed", [row["number"] for row in turned])

def pile(name):
    part = why.get(name, ("renew",))[0]
    return "renew" if part == "renew" else "retire?" if part in ("empty", "orphan") else "decide"

piles = [pile(name) for name in goals]
rang = [row for row in table("pages") if "2026-03-30" <= row["at"] <= "2026-06-28T24"]
missed = [name for name in facts if facts[name][1] > 100]
borne = next(name for name in missed if why[name][0] == "borne")
loud = next(name for name in missed if why[name][0] == "loud")
least = max(float(found) for found in re.findall(r"live with ([\d.]+)", talks[borne]))
low = [f"W{row[0]}" for row in weeks if row[1] == borne and row[2] and 100 - 100 * row[3] / row[2] <= least]
above = {name: [row["relies_on_it"] for row in relies if row["objective"] == name] for name in goals}
print(f"""# Review of the second quarter of 2026

## Summary

Ten of the twelve objectives had users and somebody who answers for them. Two were missed. With {loud} people who meet it write to
us, so the number stays and two developers mend it in six weeks; that costs us a release of the shop. With {borne} nobody
minds, and what it stands on allows for no more: it promises {least} from now on.

## In numbers

| What | Value |
|---|---|
| Objectives | {len(goals)} |
| Renew | {piles.count("renew")} |
| Decide | {piles.count("decide")} |
| Retire? | {piles.count("retire?")} |
| Missed | {len(missed)} |
| Pages | {len(rang)} |
| Pages acted on | {sum(row["acted"] == "yes" for row in rang)} |
| Minutes of the meeting | {20 + 5 * piles.count("retire?") + 10 * piles.count("decide")} |

## The last log

| Decision | Kept in the quarter | What has come of it |
|---|---|---|""")
came = {"tracking": "yes | The move is done, and the exception is over", loud: "no | Worked on since April, and still missed"}
for row in log:
    if row["again_on"] == "2026-07-09":
        print(f"| {row['number']} | {came[row['objective']]} |")
print("""
## The quarter

| Objective | SLI | Budget used (%) | Complaints in 100,000 | Pile |
|---|---|---|---|---|""")
for name in goals:
    seen = "{:.3f} | {:.1f} | {:.2f}".format(*facts[name]) if name in facts else "- | - | -"
    print(f"| {name} | {seen} | {pile(name)} |")
print("""
## Floors

| Objective | Promised at most (%) | Kept at most (%) |
|---|---|---|""")
for name in missed:
    needs = [row for row in table("needs") if row["objective"] == name]
    print(f"| {name} |", *(f"{100 * math.prod(float(row[key]) / 100 for row in needs):.2f} |" for key in ("promised", "kept")))
print("""
## Decisions

| Objective | Verdict | New | What is done | Why | Evidence | Decided by | Agreed | Told | Again on |
|---|---|---|---|---|---|---|---|---|---|""")
said = {
    "borne": (f"lower | {least} | -", "In its worst weeks hardly anybody wrote, and a provider that is rented fails as its contract allows"),
    "loud": ("keep | - | two developers for six weeks", "Customers meet every bad week and tell us; its own program is what fails, so the team can mend it"),
    "kept-loud": ("measure | - | whether what is shown is new", "The number is green while callers complain about old pages that it does not count"),
    "ample": ("keep | - | -", "Nobody asked for more, and the platform team would have to get up at night for luck"),
    "changed": ("measure | - | at the telephone", "People wait at their telephones now, and the count at our end no longer sees that"),
    "due": ("keep | - | -", "The move is over, all weeks after it were well, and its owner wants no exception any more"),
    "empty": ("retire | - | -", "The page was closed in spring and no single event has come since then"),
    "orphan": ("owner | Takumi | -", "It sells in winter only, and Takumi takes it since the old owner left the company"),
}
for name, (part, cited) in why.items():
    evidence = ", ".join(low if part == "borne" else cited or ["W14-W26"])
    agreed = ", ".join(above[name]) if part == "borne" else "Takumi" if part == "orphan" else "-"
    decided = goals[name]["owner"] if part != "orphan" else "Mori"
    told = "all owners, " + ", ".join(above[name])
    verdict, text = said[part]
    print(f"| {name} | {verdict} | {text} | {evidence} | {decided} | {agreed} | {told} | 2026-10-08 |")
print("""
## What is in none of the piles

Whether the name on the parcel is the right one: nobody here counts books that reach the wrong school.""")
READ

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
units = ["個", "", "件", "", "件", "件", "回", "分"]
print(f"""# 2026年第2四半期のレビュー

## 要約

12の目標のうち、破られたのは二つである。{loud} は、出くわした人が必ず書いてくるので、数字を残し、2人が6週間かけて直す。{borne} は誰も困っていないが、契約を見直すまで同じ約束を続ける。
そのために店のリリースを1回遅らせる。誰も使わなくなったものと、責任者のいないものは、この秋に閉じる。

## 数字で見る
""")
for label, value, unit in zip(labels, values, units):
    print(f"- {label}：{re.sub('.+', wide, value)}{unit}")
print("\n## 前回の決定\n\n| その後どうなったか | 番号 | 四半期に守られたか |\n|---|---|---|")
for number, kept in re.findall(r"^\| (D-\d+) \| (yes|no) \| .+ \|$", parts[3], re.M):
    print(f"| {'移設が終わり、例外も終わった' if kept == 'yes' else '四月から取り組んだが、まだ守れていない'} | {number} | {'はい。' if kept == 'yes' else 'いいえ'} |")
print("\n## 四半期の結果\n\n| 山 | 目標 | 苦情（10万件あたり） | SLI | 予算の消費 |\n|---|---|---|---|---|")
pile = {"renew": "更新", "decide": "決める", "retire?": "廃止？"}
for name, sli, used, calls, where in re.findall(r"^\| ([a-z-]+) \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", parts[4], re.M):
    none = sli == "-"
    print(f"| {pile[where]} | {name} | {'0件' if none else calls + '件'} | {'なし' if none else re.sub('.+', wide, sli[:5]) + '％'} | {'なし' if none else used + '%'} |")
print("\n## 土台\n\n| 目標 | 約束から決まる上限 | 実績から決まる上限 |\n|---|---|---|")
for name, one, other in re.findall(r"^\| ([a-z-]+) \| ([\d.]+) \| ([\d.]+) \|$", parts[5], re.M):
    print(f"| `{name}` | {one}% | {other}% |")
print("\n## 決定\n\n| 目標 | 判定 | 新しい値 | すること | 証拠 | 理由 | 決めた人 | 同意した人 | 知らせる人 | 次に見る日 |\n|---|---|---|---|---|---|---|---|---|---|")
reasons = {
    "In its": "もう半年、同じ約束のまま、業者との契約をやり直してみる",
    "Customers meet": "苦情のほとんどがここに集まり、原因は自分たちのプログラムにある",
    "The number": "緑なのに問い合わせが多い。古い表示の話なので、まず窓口で数える",
    "Nobody asked": "運がよかっただけで、誰もこれ以上を望んでいない。短い停止を予告して試す",
    "People wait": "変わったばかりなので、いまの数字のまま次の四半期を見る",
    "The move": "移設は済み、停止が終わってからの週はどれも順調だった",
    "The page": "春に閉じたきりで、その後は一度も使われていない",
    "It sells": "売れるのは冬だけで、前の責任者はもう会社にいない",
}
for row in re.findall(r"^\| ((?!Objective|---).+) \|$", parts[6], re.M):
    name, verdict, new, done, why, evidence, decided, agreed, told, again = row.split(" | ")
    because = reasons[" ".join(why.split()[:2])]
    what = "廃止" if verdict in ("retire", "owner") else "維持"
    done = "2人が6週間。窓口にはメールで知らせる" if name == loud else "-"
    above = [names.get(one, one) for one in told.split(", ")[1:]]
    told = "、".join(["全責任者", *above] if what == "廃止" else above)
    evidence = evidence.replace("W14-W26", "第14週から第26週").replace(", ", "、")
    print(f"| {name} | {what} | - | {done} | {evidence} | {because} | {names[decided]} | なし | {told} | 2026年10月8日 |")
print("\n## どの山にもないもの\n\n小包に書かれた宛名が正しいかどうか。違う学校に届いた本を数えている人は、ここには誰もいない。")
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < review.md > review.ja.md
cat > review.md <<'EMPTY'
# Review of the second quarter of 2026

## Summary
EMPTY
