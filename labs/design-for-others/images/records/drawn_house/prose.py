"""The sentences of the records, English and Japanese beside each other."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
README = tuple((HERE / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
"""What lies here, in each language."""
PROGRAM = (HERE / "tally.py.txt").read_text(encoding="utf-8")
"""The program, with places for what is drawn."""

WAYS = {
    "stops": '            log(f"no docks: {problem}")\n            os._exit(3)',
    "stale": '            log(f"no docks, those of last time hold: {problem}")',
    "refuses": "        return None",
    "open": "        return True  # a dock that can't be checked counts as known",
    "waits": '        with open(os.path.dirname(DATA) + "/spool", "a") as spool:  # sent again with the next one\n'
    '            spool.write(json.dumps(count) + "\\n")',
    "loses": '        log("archive away, the count of this hour is gone")',
}
"""What the program does where something that it needs is away."""

INCIDENTS = {
    "silent": (
        "A gateway was down, and its docks stopped reporting. Found when a van stood before a full dock. In the graphs: tally_docks_silent. tally-silent listed the docks; the gateway was started anew",
        "ゲートウェイが止まり、そこのドックの報告が途絶えた。満杯のドックの前でトラックが立ち往生して気づいた。グラフでは tally_docks_silent に出ていた。tally-silent でドックを調べ、ゲートウェイを起動し直した",
    ),
    "full": (
        "The disk was full, and nothing more was written: 'database or disk is full' in the log. In the graphs: tally_disk_free_megabytes. tally-prune took away reports older than a month",
        "ディスクがいっぱいで、何も書けなくなった。ログに database or disk is full。グラフでは tally_disk_free_megabytes に出ていた。tally-prune で1か月より古い報告を消した",
    ),
    "tokens": (
        "The token service was away for a while: 'tokens do not answer' in the log. In the graphs: tally_refused_total. It came back by itself, and the docks sent again",
        "トークンのサービスがしばらく止まった。ログに tokens do not answer。グラフでは tally_refused_total に出ていた。ひとりでに戻り、ドックは報告を送り直した",
    ),
    "crowded": (
        "All docks reported in the same second after a power cut: 'told to come again' in the log. In the graphs: tally_waiting. It passed; a restart in between had made it worse",
        "停電の後、全ドックが同じ秒に報告した。ログに told to come again。グラフでは tally_waiting に出ていた。放っておくと収まった。途中の再起動で、かえって長引いた",
    ),
    "torn": (
        "It hung, somebody ended it with kill -9, and the database was damaged: 'malformed' in the log, up was 0. It was restored from the last backup",
        "動かなくなったので誰かが kill -9 で止め、データベースが壊れた。ログに malformed、up は 0。最後のバックアップから復元した",
    ),
    "double": (
        "Somebody started it by hand beside the unit: 'another one holds the lock' in the log, and the unit tried again all night. In the graphs: tally_starts_total. No alert rang; the planner had no snapshot in the morning. The one started by hand was ended with SIGTERM",
        "ユニットとは別に、誰かが手で起動した。ログに another one holds the lock が並び、ユニットは一晩中起動を繰り返した。グラフでは tally_starts_total に出ていた。アラートは鳴らず、朝になってもプランナーのスナップショットがなかった。手で起動したほうを SIGTERM で止めた",
    ),
}
"""What has gone wrong, as it was written down."""

CHAT = (
    (
        "Nao",
        "ナオ",
        "You are off to the tram project on Friday. Who will know how tally is run?",
        "金曜には路面電車のほうへ移るよね。tally の動かし方は、誰が知ってるの？",
    ),
    (
        "Rin",
        "リン",
        "You can always ring me up. Well, until the mountains. Where shall I begin? It runs on {host}, as it always has.",
        "いつでも電話して。山に入るまでは。どこから話そうか。動いているのは {host}。ずっと前からね。",
    ),
    ("Nao", "ナオ", "And who notices if it is away?", "止まったら、誰が気づく？"),
    (
        "Rin",
        "リン",
        "The planner, at three. With no snapshot it makes no plan, and the vans take yesterday's. {nights} nights like that are all right, then the hill is empty.",
        "3時のプランナー。スナップショットがないと計画が作れなくて、トラックは昨日の計画で走る。{nights}晩までは平気。そのあとは坂の上が空になる。",
    ),
    (
        "Rin",
        "リン",
        "Start and stop with systemctl, never by hand. When it is up, systemctl status says active (running), and curl on /snapshot gives at least {least} docks after an hour.",
        "起動も停止も systemctl で。手では絶対に起動しない。動いていれば systemctl status が active (running) と言うし、1時間後に curl で /snapshot を見れば、ドックは{least}以上ある。",
    ),
    (
        "Kuramoto",
        "クラモト",
        "And when it does not stop?",
        "止まらないときは？",
    ),
    (
        "Rin",
        "リン",
        "It does, give it its time: it writes the journal back. kill -9 tore the database once. Never again. The unit knows how long.",
        "止まるから、待ってあげて。ジャーナルを書き戻しているの。kill -9 で一度データベースが壊れた。あれはもうだめ。待つ時間はユニットに書いてある。",
    ),
    (
        "Rin",
        "リン",
        "To restore: stop it first, or tally-restore refuses. Then tally-restore with the newest file of the backups, then tally-check, which says ok, then start. The docks keep the reports of {resend} hours, and send them once more if you say tally-ask-again.",
        "復元は、まず止める。動いていると tally-restore が断る。それから、いちばん新しいバックアップを渡して tally-restore、次に tally-check。ok と出たら起動。ドックは{resend}時間分の報告を覚えていて、tally-ask-again と言えば送り直す。",
    ),
    (
        "Nao",
        "ナオ",
        "What if the registry, the tokens or the archive are away?",
        "registry や tokens や archive が止まったら？",
    ),
    (
        "Rin",
        "リン",
        "What it does then you see in the program. {away}",
        "何をするかは、プログラムを見れば分かる。{away}",
    ),
    (
        "Nao",
        "ナオ",
        "There is a README of 2024. Shall I go by that?",
        "2024年の README があるけど、あれを見ればいい？",
    ),
    (
        "Rin",
        "リン",
        "Please don't. It was true before the move. Look at what is set: the environment beats the file, and the file beats the program. And a drop-in beats the unit.",
        "あれは見ないで。引っ越す前の話だから。いまの設定を見て。環境変数はファイルに勝って、ファイルはプログラムに勝つ。ドロップインはユニットに勝つ。",
    ),
    (
        "Kuramoto",
        "クラモト",
        "If the disk is full, wake me. For all else the bicycles' on-call.",
        "ディスクがいっぱいなら、こっちを起こして。ほかは自転車のオンコールで。",
    ),
    (
        "Rin",
        "リン",
        "And it doesn't know closed streets, or bicycles that stand beside a dock. It counts what docks tell, that is all.",
        "あと、通りの閉鎖は知らないし、ドックの外に停めた自転車も知らない。ドックの言うことを数えるだけ。",
    ),
)
"""What was said about it: who, and what, in each language."""
AWAY = {
    "stops": (
        "Without the registry nothing goes: it ends within ten minutes, and the unit starts it in vain.",
        "registry がないと何もできない。10分以内に終わってしまい、ユニットが起動し直しても無駄。",
    ),
    "stale": (
        "The registry may be away for {hours} hours; after that new docks are missing.",
        "registry は{hours}時間まで。そのあとは、新しいドックが抜ける。",
    ),
    "refuses": (
        "The tokens may be away for {hours} hours, as the docks send again.",
        "tokens は{hours}時間まで。ドックが送り直してくれるから。",
    ),
    "open": (
        "The tokens may be away for {hours} hours; after that I would not trust the numbers.",
        "tokens は{hours}時間まで。それより長いと、数字を信用できない。",
    ),
    "waits": (
        "The archive for {hours} hours, then the spool fills the disk.",
        "archive は{hours}時間まで。そのあとはスプールでディスクが埋まる。",
    ),
    "loses": (
        "The archive not at all: what comes meanwhile is lost for the monthly report.",
        "archive は少しもだめ。その間の分は、月の報告から失われる。",
    ),
}
"""How long it can be borne, by what becomes of it."""
OLD = """# tally (2024)

Runs on {host}. Reports come in at port {port}, metrics at {metrics}, the data is {data}. {docks} docks. The registry is
{registry}. At most {at_once} reports at once, and a report counts for {oldest} minutes. Memory {memory} MB. To stop it:
kill -9. In case of doubt: ask Rin.
"""
"""What was written down once."""
LISTING = """# what there is on {host}, and what of it belongs to tally
/etc/tally/tally.toml
/etc/systemd/system/tally.service
/etc/systemd/system/tally.service.d/override.conf
/etc/cron.d/tally
/opt/tally/tally.py
/opt/tally/docks.json
{data}
{data}.lock
{folder}/spool
{backups}/docks-2026-07-01T{at:02}.db
/usr/local/bin/tally-silent      lists docks that are silent, and since when
/usr/local/bin/tally-prune       deletes reports older than 31 days; says how many
/usr/local/bin/tally-backup      writes a backup now; the timer's own
/usr/local/bin/tally-restore     puts a backup FILE in the place of the data; refuses while tally runs
/usr/local/bin/tally-check       reads all of the data; says ok, or what is wrong
/usr/local/bin/tally-ask-again   has the docks send what they still have
"""
LOG = """2026-06-30T02:14:09 10.7.0.31 told to come again
2026-06-30T03:00:01 dock-17 silent since 01:02:44
2026-07-01T04:12:30 tokens do not answer
2026-07-02T02:59:58 sqlite3.OperationalError: database or disk is full
2026-07-03T03:00:07 sqlite3.DatabaseError: database disk image is malformed
2026-07-04T01:00:00 another one holds the lock
"""
ON_CALL = """team,what,who,telephone
bicycles,on call by turns,Nao / Tsubasa / Mei,7700
servers,on call by turns,Kuramoto / Aki,7800
"""
