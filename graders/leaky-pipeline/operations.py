"""What an operator does to the counter's computer and to the stores: hold, stop, kill, restart, and count."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kikori.grading import Scene, eventually

RECORDS = "/srv/records/telegrams.jsonl"
NEWEST = "/var/lib/counter/last"  # where the counter came with the number of its last telegram
# A store that works for a moment and then stands still, again and again; it is left working in any case.
SLOWLY = (
    "touch /tmp/slow; pid=$(pgrep -x rsyslogd); (for _ in 1 2 3 4; do "
    "kill -STOP $pid; sleep 0.45; kill -CONT $pid; sleep 0.05; done; rm /tmp/slow) > /dev/null 2>&1 &"
)
# It stands still, for as long as the grader may need; what is sent to it meanwhile lies in its socket.
STILL = "pid=$(pgrep -x rsyslogd); kill -STOP $pid; (sleep 9; kill -CONT $pid) >/dev/null 2>&1 &"
UNREAD = "ss -tnH state established sport = :2514 | awk '{ unread += $1 } END { print unread + 0 }'"
GONE = "for _ in $(seq 50); do pgrep -x rsyslogd | grep -qx $pid || break; sleep 0.1; done"
KILL = f"pid=$(pgrep -x rsyslogd); kill -KILL $pid; {GONE}"
# Whatever runs beside the counter, but for what asks for its metrics.
BESIDE = (
    "set --; for one in /etc/service/*; do case $one in */counter | */vmagent) continue ;; esac; "
    'case $(sv status "$one") in run:*) set -- "$@" "$one" ;; esac; done; [ $# = 0 ] || '
)
# It is stopped, and comes back a second later.
WITHOUT = BESIDE + '{ sv -w 8 down "$@"; (sleep 1; sv up "$@") > /dev/null 2>&1 & }'
# It stands still, and goes on when it is told to; in any case some seconds later.
HELD = BESIDE + '{ sv pause "$@"; (sleep 6; sv cont "$@") > /dev/null 2>&1 & }'
GO_ON = BESIDE + 'sv cont "$@"'
FULL = 150_000  # bytes that wait in a socket: more than one of the rush's records, so that the next one stands still
# What nobody has read yet, and how often vmagent has asked.
WAITING = "ss -xnH | awk '{ unread += $3 } END { print unread + 0 }'"
BUSY = WAITING + "; curl -s localhost:8429/metrics | awk '/^vm_promscrape_scrapes_total/ { print $2 }'"
# It is stopped, and comes back when it is told to; in any case half a minute later.
DOWN = BESIDE + '{ sv -w 8 down "$@"; (sleep 30; sv up "$@") > /dev/null 2>&1 & echo; echo "$@"; }'
A_SERVICE = re.compile(r"/etc/service/[\w.-]+")
COUNTER_ANEW = "sv -w 8 force-restart counter"
TAKEN = re.compile(r"^http_requests_total\{(.*)\} ([0-9.e+]+)$", re.MULTILINE)
LABELS = ('route="/telegrams"', 'method="POST"', 'code="201"')


def at_logs(scene: Scene, script: str) -> str:
    """Run a shell script where the records are kept, as an operator would; gives what it says."""
    return str(scene.host("logs").run(script).stdout)


def at_metrics(scene: Scene, script: str) -> str:
    """The same where the series are kept."""
    return str(scene.host("metrics").run(script).stdout)


@contextmanager
def stores_away(scene: Scene) -> Iterator[None]:
    """Both stores go away, that of the records without a word; afterwards they are there again, whatever happens."""
    try:
        at_logs(scene, "sv once store; sv kill store; sv -w 7 down store")
        # VictoriaMetrics may end in order: killed in its first seconds, it can't read its own first part again.
        at_metrics(scene, "sv -w 7 down store")
        yield
    finally:
        for at in (at_logs, at_metrics):
            at(scene, "sv up store")
        eventually(lambda: scene.get("metrics", "/health").status, lambda seen: seen == 200, within=8)
        eventually(lambda: at_logs(scene, "ss -tlnH sport = :2514"), bool, within=8)


def restart_counter(scene: Scene) -> None:
    """Switch the counter's computer off and on: whatever runs is told to end, with some time for it.

    What is in memory (``/dev/shm``) is gone then.
    """
    scene.restart("counter", patience=30)
    eventually(lambda: scene.get("counter", "/health").status, lambda seen: seen == 200, within=20)
    # The first customer should not be the one who waits for an agent that is still being loaded.
    agent_listens(scene)


def unread(scene: Scene) -> int:
    """How many bytes wait in sockets of the counter's computer."""
    return int(str(scene.debug("counter").run(WAITING).stdout) or 0)


def agent_listens(scene: Scene) -> None:
    """Wait until the agent takes connections, if there is one."""
    look = "ss -xlnH src /run/agent/events.sock"
    eventually(lambda: scene.debug("counter").run(look).stdout, bool, within=5)


@contextmanager
def agents_away(scene: Scene) -> Iterator[None]:
    """Whatever runs beside the counter, but for what asks for its metrics, is away; afterwards it is there again."""
    # runs: as an operator stops the agents; it names them, so that they can be started again
    told = str(scene.host("counter").run(DOWN).stdout).strip().rpartition("\n")[2]
    stopped = [one for one in told.split() if A_SERVICE.fullmatch(one)]
    try:
        yield
    finally:
        scene.host("counter").run(f"sv up {' '.join(stopped)}" if stopped else "true")  # runs: it says nothing
        agent_listens(scene)


def counter_anew(scene: Scene) -> None:
    """Restart the counter alone: it is told to end, with as long for it as when its computer is switched off."""
    scene.host("counter").run(COUNTER_ANEW)  # runs: as an operator restarts it; it says nothing
    counter_opens(scene, 5)


def counter_opens(scene: Scene, within: float) -> None:
    """Wait until the counter is open; one that needs an agent for it may come later."""
    eventually(lambda: scene.get("counter", "/health").status, lambda seen: seen == 200, within=within)


def let_years_pass(scene: Scene, given: int, further: int) -> None:
    """Have the counter go on from a much higher number at its next start, if it keeps the last one where it did."""
    kept = scene.read("counter", NEWEST).strip()
    if kept.isascii() and kept.isdigit() and given <= int(kept) <= given + 1000:
        # runs: it leaves a number, and says nothing
        scene.host("counter").run("printf %s %s > %s", "%s", str(int(kept) + further), NEWEST)


def accepted_by(page: str) -> int:
    """How many accepted telegrams a page of the counter's metrics tells of, whatever other labels they have."""
    return sum(int(float(count)) for labels, count in TAKEN.findall(page) if all(one in labels for one in LABELS))
