"""What people did to the server by hand since it last started: a script for sh, carried out on it at each start."""

from railway.box import BY_HAND
from railway.files import command

SCRIPT = """\
set -u
waits() { until eval "$1"; do sleep 0.1; done; }
grep -q ' kanko$' /etc/hosts || printf '%s\\n' '@gone@ kanko' '@bank@ bank' >> /etc/hosts
grep -q '2019 tsuda' @edited@ || sed -i '2i # 2019 tsuda: leave this as it is, the treasurer counts with it' @edited@
grep -q '2016 mori' @conffile@ || echo '# 2016 mori: see the paper in the drawer' >> @conffile@
touch -d 2019-05-05 @edited@; touch -d 2016-03-03 @conffile@
sed -i '/^Package: turnstile$/,/^$/s/^Version: .*/Version: @turnstile@/' /var/lib/dpkg/status

waits "ss -Hltn sport = :@web@ | grep -q ."
waits "ss -Hltn sport = :@beacon_port@ | grep -q ."
waits "test -S /run/tickets/tickets.sock"
ip addr replace @by_hand@/@length@ dev eth0
@starts@
waits "ss -Hltn sport = :@gate_port@ | grep -q ."
waits "ss -Hltn sport = :@ledger_port@ | grep -q ."
waits "ss -Hltn sport = :@weather_port@ | grep -q ."

sed -i 's/listen 0.0.0.0:@status_now@;/listen 0.0.0.0:@status_then@;  # ota: the new monitoring wants this one/' \\
  /etc/nginx/conf.d/site.conf
touch -d 2024-11-11 /etc/nginx/conf.d/site.conf
rm -f @gate_log@
until curl -fsS -m 3 -o /dev/null -X POST http://peers:7001/@word@/done; do sleep 0.2; done
waits "test \\$(ss -Htn state established sport = :@gate_port@ | wc -l) -ge @gates@"
waits "ss -Htn state established sport = :@weather_port@ | grep -q ."
"""


def started(name, box):
    """A program as somebody starts it who sits in a terminal and will go home."""
    user = box.users[name]
    home = f"/home/{user}"
    known = f"HOME={home} USER={user} LOGNAME={user} SHELL=/bin/bash TERM=xterm SSH_CLIENT='{box.office} 51822 22'"
    known += " SSH_TTY=/dev/pts/2 LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin"
    if name == "gate":
        known += f" GATE_PORT={box.gate_port} GATE_LOG={box.gate_log}"
    there = f"cd {home} && exec nohup {command(name, box)} >> nohup.out 2>&1 < /dev/null"
    return f'setsid -f chpst -u {user} env -i {known} sh -c "{there}"'


def script(box, word):
    """The script, with what was drawn; ``word`` is what the peers want to hear of whom they listen to."""
    starts = [started(name, box) for name, starter in box.starters.items() if starter == BY_HAND]
    words = box.words() | {
        "edited": box.edited, "conffile": box.conffile, "turnstile": box.turnstile, "starts": "\n".join(starts),
        "word": word, "gates": len(box.gates),
    }  # fmt: skip
    text = SCRIPT
    for word, value in words.items():
        text = text.replace(f"@{word}@", str(value))
    return text
