#!/bin/sh
# service: workspace
# In Japanese: other orders of rows and columns, full-width digits, units in Japanese.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > design.ja.md <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
value = {name: seen for name, (seen, _) in house.facts.items()} | {"bicycles": "7700", "servers": "7800"}
place = {name: file for name, (_, file) in house.facts.items()} | {"bicycles": "oncall.csv", "servers": "oncall.csv"}
wide = str.maketrans("0123456789", "０１２３４５６７８９")
FACTS = {
    "host": ("マシン", ""),
    "user": ("実行ユーザー", ""),
    "data": ("データ", ""),
    "backups": ("バックアップの場所", ""),
    "port": ("報告のポート", ""),
    "metrics": ("メトリクスのポート", ""),
    "at_once": ("同時の報告", "件"),
    "largest": ("最大の報告（KB）", " KB"),
    "oldest": ("報告の有効時間（分）", "分"),
    "memory": ("メモリの上限（MB）", "MB"),
    "stop": ("停止にかかる最大（秒）", "秒"),
    "docks": ("使用中のドック", "個"),
    "least": ("スナップショットのドック（最低）", "個"),
    "resend": ("ドックが覚えている報告（時間）", "時間"),
    "every": ("バックアップの間隔（時間）", "時間"),
    "kept": ("バックアップの保存（日）", "日"),
    "nights": ("スナップショットなしで済む夜", "晩"),
    "bicycles": ("自転車の当番の電話", ""),
    "servers": ("サーバーの当番の電話", ""),
}
EFFECTS = {"stops": "止まる", "stale": "古いまま", "refuses": "断る", "open": "素通し", "waits": "溜める", "loses": "失う"}
ALERTS = {
    "DocksSilent": ("`tally-silent`", "黙っているドックに共通のゲートウェイがあるかを見る"),
    "TallyDiskFull": ("`tally-prune`", "空きが増えたかを確かめ、増えなければサーバーの当番を起こす"),
    "TallyRefuses": ("-", "トークンのサービスが応答するかを調べ、担当を起こす"),
    "TallyCrowded": ("なし", "30分は何もせず、収まるのを待つ"),
    "TallyDown": ("`journalctl -u tally -n 50`", "malformed があれば復元に進む。なければ「故障」を見る"),
}
FAILURES = {
    "silent": ("ドックが黙る", "DocksSilent、`tally_docks_silent`", "`tally-silent`", "共通のゲートウェイを探し、そのゲートウェイの電源を入れ直す", "そのドックは計画から外れるだけである"),
    "full": ("ディスクがいっぱい", "TallyDiskFull、`tally_disk_free_megabytes`", "`tally-prune`", "消えた件数を見て、足りなければサーバーの当番を起こす", "ドックが報告を覚えている"),
    "tokens": ("トークンのサービスが止まる", "TallyRefuses、`tally_refused_total`", "-", "トークンの担当に知らせて、戻るのを待つ", "戻ればドックが送り直す"),
    "crowded": ("一斉に報告が来る", "`told to come again`", "-", "再起動せずに、待つ", "ひとりでに収まる"),
    "torn": ("データベースが壊れる", "TallyDown、`malformed`", "`systemctl stop tally`", "止まったら、上の復元の手順に従う", "トラックは昨日の計画で走れる"),
    "double": ("二重に起動している", "`tally_starts_total`、`another one holds the lock`", "`pgrep -af tally.py`", "手で起動したほうを SIGTERM で終わらせる", "片方が終われば、ユニットが引き継ぐ"),
}
print("""# 動かす人のための tally

## 目的

ドックの報告を集め、どこに何台の自転車があるかをプランナーに伝える。止まると、午前3時のプランナーが最初に気づく。計画を作れず、トラックは昨日の計画で走ることになる。

## 数字と場所

| 設定の場所 | 値 | 項目 |
|---|---|---|""")
for name, (title, unit) in FACTS.items():
    shown = value[name].translate(wide) + unit if value[name].isdigit() else f"`{value[name]}`"
    print(f"| {place[name].replace('chat.txt', 'chat.ja.txt')} | {shown} | {title} |")
print("""
drop-in の override.conf は、ユニットに勝つ。

## 依存先

| 依存先 | ないと | 耐えられる時間 | アドレス |
|---|---|---|---|""")
for need in reversed([*house.needs.values()]):
    print(f"| {need.name} | {EFFECTS[need.effect]} | {need.hours}時間 | `{need.address.value}` |")
docks = f"{value['least']}個以上".translate(wide)
print(f"""
## 操作

| 作業 | 見えるはずのもの | 待つ時間 | コマンド | 違えば |
|---|---|---|---|---|
| 起動 | 終了コード0 | 10秒 | `sudo systemctl start tally.service` | `journalctl -u tally` を読み、下の「故障」へ進む |
| | `active (running)` | 10秒 | `systemctl status tally` | 同じように、「故障」へ進む |
| | ドックが{docks} | １時間 | `curl -s {house.host}:{value['port']}/snapshot` | `tally-silent` で黙っているドックを調べる |
| 停止 | 出力なし | {house.stop}秒 | `sudo systemctl stop tally.service` | もう1分待つ。kill -9 は使わない。サーバーの当番を起こす |
| 復元 | 終了コード0 | 1分 | `sudo systemctl stop tally` | 停止と同じようにする |
| | `inactive (dead)` | 10秒 | `systemctl status tally` | 止まるまで待つ |
| | 終了コード0 | 5分 | `tally-restore $(find {house.backups} -name 'docks-*.db' \\| sort \\| tail -1)` | 一つ前のファイルを、パスで渡す |
| | ok | 5分 | `tally-check` | 一つ前のファイルで、最初からやり直す |
| | 終了コード0 | 10秒 | `sudo systemctl start tally` | 起動と同じようにする |
| | {docks} | 1時間 | `tally-ask-again` | そのままにする。{house.nights}晩まではスナップショットなしで済む |

## アラート

| アラート | 担当 | 強さ | 鳴るまで（分） | 最初のコマンド | 最初にすること |
|---|---|---|---|---|---|""")
for one in house.alerts:
    team = {"bicycles": "自転車", "servers": "サーバー"}[one.team]
    loud = {"page": "呼び出し", "ticket": "チケット"}[one.severity]
    print(f"| `{one.name}` | {team} | {loud} | {one.minutes}分 | {' | '.join(ALERTS[one.name])} |")
print("""
## 故障

| 故障 | 見え方 | 最初のコマンド | 最初にすること | 朝までの安全な状態 | 過去 |
|---|---|---|---|---|---|""")
before = {one.kind: one.number for one in house.incidents}
for kind, cells in FAILURES.items():
    print(f"| {' | '.join(cells)} | {before.get(kind, 'なし')} |")
print("""
## なぜこう作ったか

ドックは80ほどなので、一つのプロセスと一つのファイルで足りる。復元するときに写すものも、一つで済む。ロックは、同じ時間を二重に書かないためにある。

## しないこと

通りの閉鎖も、ドックの外に停めた自転車も知らない。計画も作らない。""")
WRITE
printf '# tally, for those who run it\n\n## Purpose\n' > design.md
