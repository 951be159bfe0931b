#!/bin/sh
# service: workspace
# The loudest first, columns in another order, decimal commas; an exception, tracking back in force, the orphan retired.
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
    seen = "{:.2f} | {:.1f} | {:.2f}".format(*facts[name]) if name in facts else "- | - | -"
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
import re, sys
text = sys.stdin.read()
head, *parts = re.split(r"^(?=## )", text, flags=re.M)
summary, numbers, last, quarter, floors, decisions, unseen = parts
borne = re.search(r"With (\S+) nobody", summary)[1]
comma = lambda said: re.sub(r"(\d)\.(\d)", r"\1,\2", said)
print(head + re.sub(r"it promises \S+ from now on", "its promise is suspended until 30 September, while we ask others who rent it out", summary))
print(re.sub(r"^\| (?!What|-)(.+?) \| (\d+) \|$", r"* \1: \2", numbers, flags=re.M).replace("| What | Value |\n|---|---|\n", ""))
print(last)
lines = quarter.strip().splitlines()
rows = sorted((line.strip("| ").split(" | ") for line in lines[4:]), key=lambda row: -float(row[3].replace("-", "-1") if row[3] == "-" else row[3]))
print("## 3. The quarter\n\n| Pile | Complaints | Objective | Budget used | SLI |\n|:--|--:|---|---|---|")
for name, sli, used, calls, pile in rows:
    share = "none" if sli == "-" else f"{sli} %"
    print(f"| {pile.rstrip('?').capitalize()} | {comma(calls)} | **{name}** | {used if used == '-' else comma(used) + ' %'} | {comma(share)} |")
print("\nWeeks in which tracking was suspended are left out.")
print("\n" + comma(floors).replace("Promised at most (%)", "promised").replace("Kept at most (%)", "kept"))
print("## Decisions\n\n| Again on | Objective | Verdict | New | Evidence | What is done | Why | Told | Decided by | Agreed |\n|---|---|---|---|---|---|---|---|---|---|")
for line in decisions.strip().splitlines()[4:]:
    name, verdict, new, done, why, evidence, decided, agreed, told, again = line.strip("| ").split(" | ")
    day = "8 Oct 2026"
    if name == borne:
        verdict, new, why = "Exception", "30 September 2026", "We look for another provider; as long as that takes, the number can't be kept and nobody suffers"
        done = "99.5 is suspended, and we ask two other providers for a price"
        evidence = ", ".join(reversed(evidence.split(", ")))
    if name == "tracking":
        done, why, day = "back in force, the suspension is over", "Since the move it has kept what it promised, and the exception can't be had again", "January 14, 2027"
        evidence, told = f"weeks 22 to 26, {evidence}", "Hisae, all owners"
    if verdict in ("keep", "Exception"):
        agreed = f"{agreed}, {decided}".removeprefix("-, ")
    if verdict == "owner":
        verdict, new, why, day = "Retire", "", "Sold in winter alone, nobody answers for it, and the director would rather have it taken down", "30.9.2026"
        done, told, agreed = "whoever built on it hears of it by mail", "All", "-"
    evidence = evidence.replace("W14-W26", "W14–26")
    print(f"| {day} | {name} | {verdict} | {new} | {evidence} | {done} | {why} | {told} | `{decided}` | {agreed.replace('-', 'none') if agreed == '-' else agreed} |")
print("\nNobody had to agree where it says none.")
print("\n" + unseen)
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < review.md > other.md
mv other.md review.md
