"""Which words a screen can show: those of the records, of tally's program, of systemd, and of a shell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from filled_form.reader import plain

SCREENS = """
● tally.service - Takes the docks' reports
Loaded: loaded (/etc/systemd/system/tally.service; enabled; preset: enabled)
Loaded: loaded (/etc/systemd/system/tally.service; disabled; preset: disabled)
Drop-In: /etc/systemd/system/tally.service.d
override.conf
Active: active (running) since
Active: inactive (dead) since
Active: failed (Result: exit-code) since
Active: failed (Result: timeout) since
Active: activating (auto-restart) (Result: exit-code) since
Active: deactivating (stop-sigterm) since
Main PID: 1 (python3)
Main PID: 1 (code=exited, status=0/SUCCESS)
Main PID: 1 (code=exited, status=1/FAILURE)
Main PID: 1 (code=killed, signal=KILL)
Process: 1 ExecStart=/usr/bin/python3 /opt/tally/tally.py (code=exited, status=4)
Tasks: 4 (limit: 100)
Memory: 1M (max: 1M available: 1M peak: 1M)
CPU: 1s
CGroup: /system.slice/tally.service
Duration: 1min
LoadState=loaded
ActiveState=active SubState=running
ActiveState=inactive SubState=dead
ActiveState=failed SubState=failed
Result=success NRestarts=0 MainPID=0 ExecMainStatus=0
Result=timeout
unknown
systemd[1]: Starting tally.service - Takes the docks' reports
systemd[1]: Started tally.service - Takes the docks' reports
systemd[1]: Stopping tally.service - Takes the docks' reports
systemd[1]: Stopped tally.service - Takes the docks' reports
systemd[1]: tally.service: Deactivated successfully
systemd[1]: tally.service: Succeeded
systemd[1]: tally.service: Consumed 1s CPU time
systemd[1]: tally.service: Main process exited, code=exited, status=1/FAILURE
systemd[1]: tally.service: Failed with result 'exit-code'
systemd[1]: tally.service: Failed with result 'timeout'
systemd[1]: tally.service: Scheduled restart job, restart counter is at 5
systemd[1]: tally.service: Start request repeated too quickly
systemd[1]: tally.service: State 'stop-sigterm' timed out. Killing
Failed to start tally.service
Unit tally.service could not be found
HTTP/1.0 200 OK
HTTP/1.0 204 No Content
HTTP/1.0 403 Forbidden
HTTP/1.0 404 Not Found
HTTP/1.0 413 Request Entity Too Large
HTTP/1.0 413 Content Too Large
HTTP/1.0 503 Service Unavailable
HTTP status 200
status code 200
{"docks": 60, "bicycles": {"dock-1": 5}}
60 docks
docks silent 1
1 docks silent
1 silent docks
curl: (7) Failed to connect to tally port 1 after 0 ms: Could not connect to server
curl: (7) Connection refused
curl: (52) Empty reply from server
curl: (28) Operation timed out
exit code 0
exit status 0
exit 0
return code 0
$? 0
LISTEN 0 5 0.0.0.0:1 0.0.0.0:* users:(("python3",pid=1,fd=3))
tcp LISTEN
PID TTY STAT TIME COMMAND
USER PID CMD
Filesystem Size Used Avail Use% Mounted on
No such file or directory
Permission denied
command not found
ok
integrity_check ok
resolved
firing
pending
Traceback (most recent call last)
"""
"""What is seen at such a service, whatever its number."""
RUN = re.compile(
    r"^(?:sudo |time |watch )?"
    r"(?:(?:/usr)?/\w|\$|\./|(?:systemctl|journalctl|curl|wget|ls|cat|tail|head|less|grep|ps|pgrep|ss|"
    r"df|du|stat|echo|date|sqlite3|file|find|wc|jq|hostname|id|lsof|fuser|ssh|promtool|amtool|free|top|sudo|watch|"
    r"test|cmp|diff|sha256sum|md5sum|tally-[a-z-]+)(?![\w:]))"
)
"""How a mark begins that is a command, and no word of the screen."""
MARKED = re.compile(r"`([^`]+)`")
QUOTED = re.compile(r"\"([^\"]+)\"|“([^”]+)”|「([^」]+)」|(?<!\w)'([^']{2,})'(?!\w)")
TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[a-z_]+(?:['-][a-z]+)*|[^\W\d_]+")
APART = re.compile(r"[,;|…、。]|\.\.\.|\. |\bor\b|/(?= )|または|か、")
AROUND = frozenset(
    re.findall(
        r"\w+",
        "a an the is are be was in on at to of for by with within after from up and or no not never none n x nn xx "
        "least most more than less fewer over above below under higher lower between exactly about some any each "
        "s sec secs second seconds m min mins minute minutes h hour hours ago ms kb mb gb "
        "mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec utc jst cest cet",
    )
)
"""Words around what is shown, and those that change with the day."""
AROUND_JA = re.compile(
    "以上|以下|未満|以内|約|およそ|少なくとも|最低|最大|ドック|時間|[個件基台秒分回行が]|"
    "[はのでと]|から|まで|後|または|を超える|より多い"
)


def lines_of(program: str, log: str, others: Iterable[str]) -> list[str]:
    """All lines that may be on a screen, with what the program writes and what the records have."""
    written = re.findall(r'log\(f?"([^"]*)"', program)
    own = [re.sub(r"\{[^{}]*(?:\([^{}]*\))*[^{}]*\}", "1", one) for one in written]
    return [*SCREENS.splitlines(), *own, *log.splitlines(), *others]


def _tokens(text: str) -> str:
    said = AROUND_JA.sub(" ", plain(text))
    found = ["#" if one[0].isdigit() else one for one in TOKEN.findall(said)]
    return " ".join(one for one, _ in groupby(one for one in found if one not in AROUND)).strip("# ")


def marks(cell: str) -> Iterator[str]:
    """The words of the screen that a cell names, each in its marks; what is a command is left out."""
    for found in MARKED.finditer(cell):
        if not RUN.match(plain(found[1])):
            yield found[1]
    for found in QUOTED.finditer(MARKED.sub(" ", cell)):
        yield next(one for one in found.groups() if one)


def unknown(cell: str, lines: Iterable[str]) -> str:
    """The first words of a cell's marks that no screen shows; empty where all are known."""
    known = [f" {_tokens(line)} " for line in lines]
    for mark in marks(cell):
        for part in APART.split(plain(mark)):
            said = _tokens(part)
            if said and not any(f" {said} " in line for line in known):
                return mark
    return ""
