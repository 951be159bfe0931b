"""A small made-up class of silent-exit with explanations worth reading: real .kikori files and a book of replays."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from kikori.model import CheckResult, Command, Event, Outcome, Report
from kikori.model.incident import EventKind, LabEvent
from kikori.model.record import Record
from kikori.replay.verdict import FileChange, Judged, Row, Verdict
from kikori.review.store import ReviewStore, digest_of, opened

LAB = "silent-exit"
START = 1_760_000_000.0
IDS = ("seen", "evidence", "why", "next-time")
CHECKS = {
    "test_answer": ("A customer who opens the shop's page gets an answer.", "店のページを開いた客に応答が返る。"),
    "test_running": ("The container runs.", "コンテナが動いている。"),
    "test_order": ("An order is taken, kept, and can be read again.", "注文を受け付け、保存し、また読める。"),
    "test_limit": ("An order over the limit is turned down.", "上限を超える注文は断られる。"),
    "test_user_is_not_root": (
        "The container was started for a user who is not root.",
        "コンテナは root ではないユーザーで起動されている。",
    ),
}
DIFF = """--- Dockerfile
+++ Dockerfile
@@ -6,7 +6,7 @@
 COPY orders.py /usr/local/bin/orders.py
-COPY --chmod=600 orders.conf /etc/orders/orders.conf
+COPY --chmod=640 --chown=root:orders orders.conf /etc/orders/orders.conf
\x20
 USER orders
 ENTRYPOINT ["/entrypoint.sh"]
"""
PORT = (
    "Every office that opened the page got *connection refused*. The container had exited with code 1, and its last "
    "line was a traceback that ended in `PermissionError`.",
    "`docker compose logs` [#2] decided it: the traceback is Python's own, so the interpreter and the script were "
    "found. It ends in `bind`, not in `open`, and that ruled the configuration's mode out. "
    "The port in [#4] is 80, below the border that [#3] shows.",
    "I moved the port back to 8080, with the published port and the healthcheck. The kernel compares the number with "
    "`ip_unprivileged_port_start`; 8080 is above it, so a process without capabilities may bind it.",
    "Start the image once before the release with the same user and sysctls, and ask it for `/health`.",
)
CONFIG = (
    "The customers could not connect any more. The container left exit code 1 behind and the line "
    "*Permission denied: '/etc/orders/orders.conf'*.",
    "The log [#2] names `open` and a path, so it is about a file. `docker inspect` [#3] says that the image runs as "
    "`orders`, and [#4] shows that the Dockerfile copies the file with mode 600 for root. "
    "The port was ruled out, since `bind` was never reached.",
    "The file now belongs to the group `orders` with mode 640. The kernel compares the process's user and group with "
    "the owner and the mode *in the image*:\n\n- before: root, 600, so nobody else\n- now: the group may read.",
    "A test that starts the image as the user `orders` and reads one setting would have failed in the pipeline.",
)
SCRIPT = (
    "The shop did not answer, and nothing in its own log: only *exec /entrypoint.sh: no such file or directory*.",
    "`head -1 entrypoint.sh | od -c` [#4] showed `\\r` after `/bin/sh`. The line in [#2] begins with exec, so the "
    "runtime wrote it; not one line of the program has run, and its port and its configuration are innocent.",
    "I took the carriage returns out with `sed`. The kernel opens the path after `#!` byte for byte, and now there is "
    "a file of that name.",
    "A rule in `.gitattributes`, and a job that builds the image and starts it once.",
)
JAPANESE = (
    "店のページを開いた客は接続を拒否されていた。コンテナは終了コード1で終わり、最後の行は設定ファイルの "
    "Permission denied だった。",
    "`docker compose logs` [#2] の最後は `open` の失敗なので、ポートではなくファイルの問題だと分かった。"
    "[#3] でユーザーが orders であること、[#4] でモードが600であることを確かめ、残りの候補を除外した。",
    "Dockerfile で所有者を orders に変えた。カーネルはプロセスのユーザーと、イメージの中の所有者とモードを比べる。"
    "どちらも orders になったので、読み込みが許されるようになった。",
    "リリースの前に、本番と同じユーザーでイメージを一度起動し、/health に尋ねる。",
)
OTHER = (
    "No office could order; the phone of the cook rang at ten to seven. Exit code 1, and a line about "
    "/etc/orders/orders.conf that the program itself had written.",
    "First I thought of the port, but the traceback stops earlier, at reading the file [#2]. "
    "[#4] gave the mode of our copy, which told me nothing; the Dockerfile's `--chmod=600` did.",
    "`COPY --chown=orders` makes the service the owner of its own configuration. Owner and process are the same user "
    "now, and the owner may read.",
    "Let the deployment wait for the healthcheck, and roll back when it does not come.",
)
REASONS = {"en": "expected the order in the list, saw an empty list", "ja": "一覧に注文があるはずだが、一覧は空だった"}
TRAIL = ("docker compose ps -a", "docker compose logs --tail 20 orders", "docker inspect orders", "cat orders.conf")
BYTES = (*TRAIL[:3], "head -1 entrypoint.sh | od -c")


class Essay(Record):
    """What one learner handed in, and what the replay made of it."""

    learner: str
    answers: Sequence[str] = CONFIG
    fault: str = "unreadable-config"
    verdict: Verdict = Verdict.VERIFIED
    reason: str = ""
    explanation: str = "accepted"
    steps: tuple[str, ...] = ("detect", "locate", "cause", "mitigate")
    retried: bool = False
    version: str = ""
    lab: str = LAB
    claimed: bool = True
    """Whether the learner's own last report passed."""
    minutes: float = 42
    hints: int = 1
    text: str | None = None
    """The explanation as a whole, in place of the answers."""
    trail: Sequence[str] = TRAIL
    changes: tuple[FileChange, ...] = (FileChange(service="workspace", path="Dockerfile", diff=DIFF),)
    lang: str = "en"
    incident: str = ""
    """What was said of an incident, if one was declared; the lab's pager says the same."""
    title: str = ""
    """What the first check is called in its reports, in place of its own title."""


CLASS = (
    Essay(learner="aoi", answers=JAPANESE, minutes=38, hints=0),
    Essay(
        learner="ben",
        answers=PORT,
        fault="privileged-port",
        verdict=Verdict.NOT_VERIFIED,
        reason=f"{CHECKS['test_order'][0]} {REASONS['en']}",
        steps=("detect", "locate", "cause"),
        minutes=55,
        hints=2,
    ),
    Essay(learner="chiyo", answers=SCRIPT, fault="missing-interpreter", retried=True, minutes=31, trail=BYTES),
    Essay(learner="dana", answers=OTHER, version="3e8da29f0c11", minutes=64, hints=3),
    Essay(
        learner="emre",
        answers=CONFIG,
        minutes=22,
        hints=0,
    ),
    Essay(
        learner="fay",
        answers=["It was broken.", "The log [#2].", "I changed the port.", "A check."],
        explanation="seen: 3 words; at least 10 are needed for somebody who was not there",
        steps=("detect", "mitigate"),
        minutes=12,
        hints=3,
    ),
    Essay(
        learner="gus",
        answers=["Nothing.", "The log.", "A new image.", "Tests."],
        verdict=Verdict.COULD_NOT_VERIFY,
        reason="not a whole .kikori file: services/orders.tar is damaged",
        steps=("detect",),
        claimed=False,
    ),
    Essay(learner="hana", answers=[text.replace("客", "利用者") for text in JAPANESE], minutes=47),
)


def handed_in(folder: Path, *essays: Essay) -> dict[str, str]:
    """Write the files of a class and the book of their replays; gives each learner's digest."""
    folder.mkdir(exist_ok=True)
    with opened(folder) as store:
        return {essay.learner: hand_in(folder, store, essay) for essay in essays}


def hand_in(folder: Path, store: ReviewStore, essay: Essay, name: str = "") -> str:
    """Write one file and what a replay would have said of it; gives its digest."""
    file = folder / (name or f"{essay.lab}-{len([*folder.glob('*.kikori')]):04}.kikori")
    write(file, essay)
    submission = digest_of(file)
    store.note(submission, judged(essay, file.name))
    return submission


def write(file: Path, essay: Essay) -> None:
    """One submission; no service has changed."""
    with io.BytesIO() as empty:
        tarfile.open(fileobj=empty, mode="w").close()
        tar = empty.getvalue()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in members(essay).items():
            archive.writestr(name, text)
        archive.writestr("services/orders.tar", tar)
        archive.writestr("workspace.tar", tar)


def members(essay: Essay) -> dict[str, str]:
    """The texts of a submission."""
    end = START + 60 * essay.minutes
    manifest = {"format": 1, "lab": essay.lab, "content": "0", "learner": essay.learner, "seed": 1}
    manifest |= {"fault": essay.fault, "attempt": "silent-exit-00ab12", "created": end, "kikori": "0"}
    rang = LabEvent(kind=EventKind.PAGER, at=START + 5, en=essay.incident or "-")
    return {
        "manifest.json": json.dumps(manifest),
        "events.jsonl": lines([*events(essay), *incident(essay)]),
        **({"lab-events.jsonl": lines([rang])} if essay.incident else {}),
        "trail.jsonl": lines([command(number, line) for number, line in enumerate(essay.trail, 1)]),
        "reports.jsonl": lines([report(essay, START + 240, "test_answer"), report(essay, end - 60, last(essay))]),
        "explanation.md": written(essay) if essay.text is None else essay.text,
        "services/orders.json": '{"present": [], "gone": []}',
    }


def last(essay: Essay) -> str:
    """The check that failed in the learner's last report."""
    return "" if essay.claimed else "test_order"


def written(essay: Essay) -> str:
    """The explanation as the learner's editor left it."""
    parts = [f"## {name} <!-- {name} -->\n\n{text}\n" for name, text in zip(IDS, essay.answers, strict=True)]
    return f"---\ncomponent: orders\ncause: {essay.fault}\n---\n" + "\n".join(parts)


def events(essay: Essay) -> list[Event]:
    """The way from the break to the fix, with a pause on it."""
    share = {"broke": 0.0, "checked": 0.1, "paused": 0.3, "resumed": 0.4, "mended": 0.75, "explained": 0.9}
    found = [Event(at=START + 60 * essay.minutes * part, event=name) for name, part in share.items()]
    hints = [Event(at=START + 60 * essay.minutes * (0.45 + number / 20), event="hint") for number in range(essay.hints)]
    return [*found, *hints]


def incident(essay: Essay) -> list[Event]:
    """What the learner told of the incident; written after all else, which an older attempt orders by the clock."""
    said, end = essay.incident, START + 60 * essay.minutes
    told: dict[str, dict[str, str | int | float | bool | None]] = {
        "declared": {"severity": 2, "text": said},
        "stop-gap": {"what": said, "risk": said, "until": said},
        "resolved": {"text": said},
    }
    return [Event(at=end, event=name, detail=detail) for name, detail in told.items()] if said else []


def command(number: int, line: str) -> Command:
    """A line of the trail."""
    return Command(number=number, at=START + number, service="workspace", line=line, exit_code=0, seconds=0.21)


def report(essay: Essay, at: float, failed: str) -> Report:
    """All checks, of which one failed."""
    checks = [
        CheckResult(
            id=name,
            title=(essay.title if name == "test_answer" else "") or titles[essay.lang == "ja"],
            outcome=Outcome.FAILED if name == failed else Outcome.PASSED,
            reason=REASONS[essay.lang] if name == failed else "",
            guard=name == "test_user_is_not_root",
        )
        for name, titles in CHECKS.items()
    ]
    return Report(lab=essay.lab, at=at, checks=tuple(checks))


def judged(essay: Essay, file: str) -> Judged:
    """What a replay would have said."""
    row = Row(
        file=file,
        verdict=essay.verdict,
        reason=essay.reason,
        learner=essay.learner,
        lab=essay.lab,
        fault=essay.fault,
        steps=("detect", "mitigate") if essay.verdict is Verdict.VERIFIED else (),
        said=tuple(step for step in essay.steps if step != "mitigate"),
        explanation=essay.explanation,
        retried=essay.retried,
        version=essay.version,
        minutes=essay.minutes,
        hints=essay.hints,
    )
    failed = "test_order" if essay.verdict is Verdict.NOT_VERIFIED else ""
    known = essay.verdict is not Verdict.COULD_NOT_VERIFY
    found = report(essay, START + 9000, failed) if known else None
    return Judged(row=row, report=found, changes=essay.changes if known else (), judge="x")


def lines(records: Sequence[msgspec.Struct]) -> str:
    """Records as a log keeps them."""
    return "\n".join(msgspec.json.encode(record).decode() for record in records)
