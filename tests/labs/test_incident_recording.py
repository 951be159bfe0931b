"""What a played night leaves behind becomes a recording: stretched tenfold, moved to one evening, and nothing else."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tools.incident_recording.__main__ as recording

BEGAN = datetime(2026, 11, 30, 0, 30, tzinfo=UTC).timestamp()


def row(after: float, method: str, path: str, status: int, seconds: float, order: str = "") -> dict[str, object]:
    route = "/orders/<number>" if path.startswith("/orders/") else path
    told = {"at": BEGAN + after, "customer": "c1", "method": method, "route": route, "status": status}
    return told | {"seconds": seconds, "order": order or None}


def front(after: float, path: str, status: int, method: str = "GET") -> str:
    at = datetime.fromtimestamp(BEGAN + after, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    line = {"method": method, "path": path, "status": status, "seconds": 0.5}
    return f"\x1b[2K{at}123Z {json.dumps(line)}\n"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The recording of a night of two customers, a page and a release."""
    raw, made = tmp_path / "raw", tmp_path / "made"
    raw.mkdir()
    made.mkdir()
    monkeypatch.setattr(recording, "FOLDER", made)
    names = ("release", "archive", "rollback", "cache", "locks", "catalog", "kill", "schedule", "locks-back")
    done = [{"name": name, "at": BEGAN + 18 + at, "said": ""} for at, name in enumerate(names)]
    look = "7\troot\tlocalhost\tshop\tQuery\t42\tUser sleep\tSELECT 1\t0.0\n8\tshop\tx\tshop\tSleep\t3\t\tNULL\t0.0"
    night = {"began": BEGAN, "done": [*done, {"name": "look", "at": BEGAN + 324, "said": look}]}
    firing = [[BEGAN + at, "1"] for at in (36, 37, 38, 60)]
    labels = {"alertname": "OrdersDoNotComeThrough", "severity": "page"}
    files = {
        "night.json": json.dumps(night),
        "seen.json": json.dumps([row(12.5, "POST", "/orders", 0, 10.0), row(6, "GET", "/browse", 200, 0.02)]),
        "alerts.json": json.dumps([{"metric": labels, "values": firing}]),
        "connections.json": json.dumps([{"metric": {}, "values": [[BEGAN + 13, "64"]]}]),
        "probe.json": json.dumps([{"metric": {}, "values": [[BEGAN + 5, "1"]]}]),
        "busy.json": "[]",
        "orders.tsv": f"o1\tc1\tcard\t{BEGAN + 30}\t{BEGAN + 31}\no2\tc2\ttest\t{BEGAN + 40}\tNULL\n",
        "front.log": front(12, "/orders", 499, "POST") + front(6, "/browse", 200),
    }
    for name in ("catalog", "checkout", "database", "cache"):
        files[f"{name}.log"] = ""
    for name, text in files.items():
        (raw / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["recording", str(raw)])
    recording.main()
    return made


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_times_and_durations_are_stretched_alike(made: Path) -> None:
    page, order = rows(made / "customers.csv")
    assert (page["sent"], page["seconds"]) == ("2026-05-14T12:01:00", "0.2")
    assert (order["sent"], order["seconds"], order["status"]) == ("2026-05-14T12:02:05", "100.0", "0")
    assert [one["completed"] for one in rows(made / "orders.csv")] == ["2026-05-14T12:05:10", ""]
    assert "    42" not in (made / "sessions.txt").read_text(encoding="utf-8").replace("420", "")
    assert "   420 " in (made / "sessions.txt").read_text(encoding="utf-8")


def test_minutes_count_what_the_front_answered_and_leave_gaps_where_nobody_did(made: Path) -> None:
    minutes = rows(made / "metrics.csv")
    assert len(minutes) == 75
    assert [minutes[2][name] for name in ("orders_confirmed", "orders_failed", "pages_failed")] == ["0", "1", "0"]
    assert minutes[1]["pages_answered"] == "1"
    assert [minutes[at]["database_connections"] for at in (1, 2)] == ["", "64"]
    assert minutes[0]["probe"] == "1"


def test_an_alert_fires_once_and_ends_when_it_is_no_longer_evaluated_so(made: Path) -> None:
    told = [json.loads(line) for line in (made / "pager.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["at"][11:], one["state"]) for one in told] == [
        ("12:06:00", "fired"),
        ("12:06:30", "ended"),
        ("12:10:00", "fired"),
        ("12:10:10", "ended"),
    ]


def test_changes_have_the_run_s_times_but_for_the_afternoon_s(made: Path) -> None:
    told = [json.loads(line) for line in (made / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert told[0]["at"] == "2026-05-14T08:40:00"
    assert told[1]["at"] == "2026-05-14T12:03:00"
    assert all(one["en"] and one["ja"] and one["by"] for one in told)


def test_log_has_what_went_wrong_alone(made: Path) -> None:
    assert (made / "log.txt").read_text(
        encoding="utf-8"
    ) == "2026-05-14T12:02:00 front     POST /orders 499 after 5 s\n"
