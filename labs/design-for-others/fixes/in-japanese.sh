#!/bin/sh
# service: workspace
# The same in Japanese: other orders of rows and columns, one row for a restore, full-width digits.
docker exec -i "$KIKORI_STACK-records-1" python3 - > design.md <<'READ'
import csv, json, re

def text(name):
    return open(f"/records/{name}", encoding="utf-8").read()

code, chat, cron, unit, override = map(text, ("tally.py", "chat.txt", "tally.cron", "tally.service", "override.conf"))

def setting(name):
    places = {
        "override.conf": re.search(rf"^Environment=TALLY_{name.upper()}=(\S+)", override, re.M),
        "tally.service": re.search(rf"^Environment=TALLY_{name.upper()}=(\S+)", unit, re.M),
        "tally.toml": re.search(rf'^{name} = "(.+)"', text("tally.toml"), re.M),
        "tally.py": re.search(rf'setting\("{name}", "(.+?)"\)', code),
    }
    return next((found[1], place) for place, found in places.items() if found)

def told(pattern, source, place):
    return re.search(pattern, source)[1], place

memory = re.search(r"MemoryMax=(\d+)", override)
docks = sum("closed" not in one for one in json.loads(text("docks.json")))
host = told(r"runs on (\w+)", chat, "chat.txt")
facts = {
    "Machine": host,
    "Runs as": told(r"User=(\w+)", unit, "tally.service"),
    "Port for reports": setting("port"),
    "Port for metrics": setting("metrics"),
    "Data": setting("data"),
    "Reports at once": setting("at_once"),
    "Largest report (KB)": told(r"LARGEST = (\d+)", code, "tally.py"),
    "A report counts for (minutes)": setting("oldest"),
    "Memory at most (MB)": (memory[1], "override.conf") if memory else told(r"MemoryMax=(\d+)", unit, "tally.service"),
    "A stop takes at most (s)": told(r"TimeoutStopSec=(\d+)", unit, "tally.service"),
    "Docks in service": (docks, "docks.json"),
    "Docks in a snapshot, at least": told(r"at least (\d+) docks", chat, "chat.txt"),
    "Docks keep reports for (hours)": told(r"reports of (\d+) hours", chat, "chat.txt"),
    "Backups": told(r"tally-backup (\S+)", cron, "tally.cron"),
    "A backup every (hours)": told(r"\*/(\d+)", cron, "tally.cron"),
    "Backups are kept (days)": told(r"-mtime \+(\d+)", cron, "tally.cron"),
    "Nights without a snapshot": told(r"(\d+) nights like that", chat, "chat.txt"),
}
value = {name: seen for name, (seen, place) in facts.items()}
print(f"""# tally, for those who run it

## Purpose

It takes what the docks report and tells the planner how many bicycles stand where. The planner notices first, at three in the
morning: with no snapshot it makes no plan, and the vans drive by the one of yesterday.

## Facts

| What | Value | Set in |
|---|---|---|""")
for name, (seen, place) in facts.items():
    print(f"| {name} | {seen} | {place} |")
print("""
## Dependencies

| What | Address | Without it | Can be borne for (hours) |
|---|---|---|---|""")
ways = {"_exit": "stops", "last time": "stale", "return None": "refuses", "counts as known": "open", "spool": "waits", "is gone": "loses"}
for need, mark in (("registry", "def renew"), ("tokens", "def is_known"), ("archive", "def hand_on")):
    body = re.split(r"\n(?=def |class |    def )", code[code.index(mark):].split("except OSError", 1)[1])[0]
    effect = next(effect for word, effect in ways.items() if word in body)
    hours = re.search(rf"(?:The )?{need}(?: may be away)? for (\d+) hours", chat)
    print(f"| {need} | {setting(need)[0]} | {effect} | {hours[1] if hours else 0} |")
newest = re.search(r"/\S+/docks-\S+", text("listing.txt"))[0]
port, least, stop = value["Port for reports"], value["Docks in a snapshot, at least"], value["A stop takes at most (s)"]
print(f"""
## Operation

| Task | Do | What must be seen | If not |
|---|---|---|---|
| start | `systemctl start tally` | `active (running)` in `systemctl status tally` | read the last 20 lines of `journalctl -u tally`, then look below Failures |
| | `curl -s {host[0]}:{port}/snapshot` | docks {least} or more, one hour after the start | run `tally-silent` and go on at "docks are silent" |
| stop | `systemctl stop tally` | `inactive (dead)` after at most {stop} s | wait another {stop} s and wake the servers' turn; never end it by kill -9 |
| restore | `systemctl stop tally` | `inactive (dead)` | as with a stop |
| | `tally-restore {newest}`, or the newest file there | exit code 0 | take the file before it |
| | `tally-check` | the word `ok` | take the file before it |
| | `systemctl start tally` | `active (running)` | as with a start |
| | `tally-ask-again` | docks {least} or more within an hour | leave it; the planner does without for {value["Nights without a snapshot"]} nights |

## Alerts

| Alert | Rings after (minutes) | How loud | Who | First action |
|---|---|---|---|---|""")
first = {
    "DocksSilent": "Run `tally-silent` and see whether the silent docks share a gateway",
    "TallyDiskFull": "Run `tally-prune` and look again at `tally_disk_free_megabytes`",
    "TallyRefuses": "Look whether the token service answers; docks send again by themselves",
    "TallyCrowded": "Leave it alone for half an hour, a restart makes it longer",
    "TallyDown": "Read `journalctl -u tally`; with malformed in it, go to restore",
}
for name, minutes, severity, team in re.findall(r"alert: (\w+)\n.*\n +for: (\d+)m\n.*severity: (\w+), team: (\w+)", text("alerts.yml")):
    print(f"| {name} | {minutes} | {severity} | {team} | {first[name]} |")
print("""
## Failures

| Failure | How it is seen | First action | Safe until morning | Seen before |
|---|---|---|---|---|""")
modes = {
    "stopped reporting": ("Docks are silent", "DocksSilent, `tally_docks_silent`", "`tally-silent`; start the gateway anew that they share", "the planner leaves them out of the plan"),
    "disk was full": ("The disk is full", "TallyDiskFull, and `database or disk is full` in the log", "`tally-prune`, which takes away what is older than a month", "docks keep their reports meanwhile"),
    "token service": ("Tokens are away", "TallyRefuses, `tally_refused_total`, `tokens do not answer`", "Wait for the token service, and wake whoever runs that", "docks send again by themselves"),
    "same second": ("All report at once", "TallyCrowded or `tally_waiting`", "Nothing but waiting; do not start it anew", "it passes by itself"),
    "malformed": ("The database is damaged", "TallyDown, and `malformed` in the log", "Stop it and go through the restore above", "vans take the plan of yesterday"),
    "by hand": ("Two of them run", "`tally_starts_total` climbs, `another one holds the lock` in the log", "End the one that was started by hand with SIGTERM, and wait", "the unit takes over when it is gone"),
}
for row in csv.DictReader(open("/records/incidents.csv", encoding="utf-8")):
    name = next(name for name in modes if name in row["en"])
    failure, seen, action, safe = modes.pop(name)
    print(f"| {failure} | {seen} | {action} | {safe} | {row['number']} |")
for failure, seen, action, safe in modes.values():
    print(f"| {failure} | {seen} | {action} | {safe} | - |")
print("""
## Why it is built this way

One process with one file is enough for some eighty docks, and whoever restores it needs a single copy. The lock keeps a second one
away, as two would write the same hour twice.

## What it does not do

It knows no closed streets and no bicycles beside a dock, and it makes no plans.""")
READ

turn=$(cat <<'TURN'
import re, sys
text = sys.stdin.read()
parts = re.split(r"^## .*$", text, flags=re.M)
rows = lambda part: [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in parts[part].strip().splitlines()[2:] if line.startswith("|")]
labels = "マシン 実行ユーザー 報告のポート メトリクスのポート データ 同時の報告 最大の報告 報告の有効時間 メモリの上限 停止にかかる最大 使用中のドック スナップショットのドック（最低） ドックが覚えている報告 バックアップの場所 バックアップの間隔 バックアップの保存 スナップショットなしで済む夜".split()
units = ["", "", "", "", "", "件", "KB", "分", " MB", "秒", "個", "個", "時間", "", "時間ごと", "日間", "晩"]
wide = str.maketrans("0123456789", "０１２３４５６７８９")
facts = rows(2)
host, port, stop, least = facts[0][1], facts[2][1], facts[9][1], facts[11][1]
newest = re.search(r"tally-restore (\S+)`", text)
newest = re.search(r"`tally-restore ([^`]+)`", text)[1]
print("""# 動かす人のための tally

## 目的

ドックの報告を集め、どこに何台の自転車があるかをプランナーに伝える。止まると、午前3時のプランナーが最初に気づく。計画を作れず、トラックは昨日の計画で走ることになる。

## 数字と場所

| 設定の場所 | 値 | 項目 |
|---|---|---|""")
for label, unit, (_, value, place) in zip(labels, units, facts):
    shown = f"`{value}`" if not unit else value.translate(wide) + unit
    print(f"| {'`' + place + '`（ドロップイン）' if place == 'override.conf' else place} | {shown} | {label} |")
print("\n## 依存先\n\n| 依存先 | ないと | 耐えられる時間 | アドレス |\n|---|---|---|---|")
effects = {"stops": "止まる。10分以内に終わる", "stale": "古いまま、前の一覧で続ける", "refuses": "断る（ドックが送り直す）", "open": "素通し", "waits": "溜める、次のときに送る", "loses": "失う"}
for name, address, effect, hours in rows(3)[::-1]:
    print(f"| {name} | {effects[effect]} | {'少しも耐えられない' if hours == '0' else hours + '時間'} | `http://{address}` |")
print(f"""
## 操作

| 作業 | すること | 見えるはずのもの | 違えば |
|---|---|---|---|
| 起動する | `sudo systemctl start tally.service` | `systemctl status tally` に `active (running)` | `journalctl -u tally` を読み、下の「故障」へ進む |
| 停止する | `sudo systemctl stop tally.service` を打ち、待つ | {stop}秒以内に `inactive (dead)` | もう1分待つ。kill -9 は使わない。サーバーの当番を起こす |
| 復元する | `sudo systemctl stop tally` のあと `tally-restore {newest}`、続けて `tally-check`、最後に `sudo systemctl start tally` | `tally-check` の出力が「ok」、1時間後のドックが{least}以上 | 一つ前のバックアップで、最初からやり直す |

## アラート

| アラート | 担当 | 強さ | 鳴るまで | 最初にすること |
|---|---|---|---|---|""")
first = {"DocksSilent": "`tally-silent` で、黙っているドックに共通のゲートウェイがあるかを見る", "TallyDiskFull": "`tally-prune` を打ち、空きが増えたかを確かめる",
         "TallyRefuses": "トークンのサービスが応答するかを調べる", "TallyCrowded": "30分は何もせず、収まるのを待つ", "TallyDown": "ログに malformed があれば復元に進む"}
teams = {"bicycles": "自転車の当番", "servers": "サーバーの当番（クラモトかアキ）"}
for name, minutes, severity, team, _ in rows(5):
    print(f"| `{name}` | {teams[team]} | {'呼び出し' if severity == 'page' else 'チケット'} | {minutes}分 | {first[name]} |")
print("\n## 故障\n\n| 故障 | 見え方 | 最初にすること | 朝までの安全な状態 | 過去 |\n|---|---|---|---|---|")
modes = {"Docks are silent": ("ドックが黙る", "`tally-silent` で共通のゲートウェイを探し、起動し直す", "そのドックは計画から外れるだけである"),
         "The disk is full": ("ディスクがいっぱい", "`tally-prune` で古い報告を消す", "ドックが報告を覚えている"),
         "Tokens are away": ("トークンのサービスが止まる", "トークンの担当に知らせて、戻るのを待つ", "戻ればドックが送り直す"),
         "All report at once": ("一斉に報告が来る", "再起動せずに、待つ", "ひとりでに収まる"),
         "The database is damaged": ("データベースが壊れる", "止めて、上の復元の手順に従う", "トラックは昨日の計画で走れる"),
         "Two of them run": ("二重に起動している", "手で起動したほうを SIGTERM で終わらせる", "片方が終われば、ユニットが引き継ぐ")}
for failure, seen, action, safe, before in rows(6):
    name, action, safe = modes[failure]
    print(f"| {name} | {seen.replace(' and ', ' と ')} | {action} | {safe} | {'なし' if before == '-' else before} |")
print("""
## なぜこう作ったか

ドックは80ほどなので、一つのプロセスと一つのファイルで足りる。復元するときに写すものも、一つで済む。ロックは、同じ時間を二重に書かないためにある。

## しないこと

通りの閉鎖も、ドックの外に停めた自転車も知らない。計画も作らない。""")
TURN
)
docker exec -i "$KIKORI_STACK-records-1" python3 -c "$turn" < design.md > design.ja.md
printf '# tally, for those who run it\n\n## Purpose\n' > design.md
