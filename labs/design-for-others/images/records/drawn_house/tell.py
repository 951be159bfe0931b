"""Tell the service as the files that are found of it."""

from __future__ import annotations

import json
import random
from pathlib import PurePosixPath

from drawn_house.draw import OVERRIDE, SIGNALS, House, house_of
from drawn_house.prose import AWAY, CHAT, INCIDENTS, LISTING, LOG, OLD, ON_CALL, PROGRAM, README, WAYS


def files_of(house: House) -> dict[str, str]:
    """All files, by their names."""
    found = {
        "tally.py": _program(house),
        "tally.toml": _settings(house),
        "tally.service": _unit(house),
        "override.conf": _override(house),
        "tally.cron": _cron(house),
        "docks.json": _docks(house),
        "alerts.yml": _alerts(house),
        "metrics.txt": _metrics(house),
        "log.txt": LOG,
        "incidents.csv": _incidents(house),
        "listing.txt": _listing(house),
        "oncall.csv": ON_CALL,
        "README-2024.md": _old(house),
    }
    for place, ending in ((0, ""), (1, ".ja")):
        found[f"README{ending}.md"] = README[place]
        found[f"chat{ending}.txt"] = _chat(house, place)
    return found


def _every(house: House) -> dict[str, object]:
    """All settings with the addresses among them."""
    return {**house.settings, **{name: need.address for name, need in house.needs.items()}}


def _program(house: House) -> str:
    text = PROGRAM.replace("@largest@", str(house.largest))
    for name, one in _every(house).items():
        text = text.replace(f"@{name}@", one.code)
    for name, need in house.needs.items():
        text = text.replace(f"@{name}_way@", WAYS[need.effect])
    return text


def _settings(house: House) -> str:
    lines = ["# Settings of tally. What stands behind a hash does not hold."]
    for name, one in _every(house).items():
        lines.append(f'{name} = "{one.settings}"' if one.settings else f'# {name} = "{one.comment}"')
    return "\n".join(lines) + "\n"


def _unit(house: House) -> str:
    held = [f"Environment=TALLY_{name.upper()}={one.unit}" for name, one in _every(house).items() if one.unit]
    memory = house.memory_other if house.memory_place == OVERRIDE else house.memory
    return "\n".join(
        [
            "[Unit]",
            "Description=Takes the docks' reports",
            "After=network-online.target",
            "",
            "[Service]",
            f"User={house.user}",
            "ExecStart=/usr/bin/python3 /opt/tally/tally.py",
            *held,
            f"MemoryMax={memory}M",
            f"TimeoutStopSec={house.stop}",
            "Restart=on-failure",
            "RestartSec=5",
            "",
            "[Install]",
            "WantedBy=multi-user.target",
            "",
        ]
    )


def _override(house: House) -> str:
    held = [f"Environment=TALLY_{name.upper()}={one.override}" for name, one in _every(house).items() if one.override]
    memory = [f"MemoryMax={house.memory}M"] if house.memory_place == OVERRIDE else []
    return "\n".join(["# /etc/systemd/system/tally.service.d/override.conf", "[Service]", *held, *memory, ""])


def _cron(house: House) -> str:
    return (
        f"# A backup every so often, and old ones deleted.\n"
        f"{house.at} */{house.every} * * * {house.user} /usr/local/bin/tally-backup {house.backups}\n"
        f"{house.at} 5 * * * {house.user} find {house.backups} -name 'docks-*.db' -mtime +{house.kept} -delete\n"
    )


def _docks(house: House) -> str:
    rng = random.Random(f"docks {house.docks} {house.closed}")  # noqa: S311  # nothing is kept secret
    closed = set(rng.sample(range(1, house.docks + house.closed + 1), house.closed))
    lines = [
        json.dumps(
            {"dock": f"dock-{number}", "places": rng.randint(10, 32)} | ({"closed": True} if number in closed else {})
        )
        for number in range(1, house.docks + house.closed + 1)
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _alerts(house: House) -> str:
    lines = ["groups:", "- name: tally", "  rules:"]
    for one in house.alerts:
        mark = {"tally_disk_free_megabytes": "<", "up": "=="}.get(one.metric, ">")
        metric = 'up{job="tally"}' if one.metric == "up" else one.metric
        metric = f"increase({metric}[5m])" if metric.endswith("_total") else metric
        lines += [
            f"  - alert: {one.name}",
            f"    expr: {metric} {mark} {one.bound}",
            f"    for: {one.minutes}m",
            f"    labels: {{severity: {one.severity}, team: {one.team}}}",
        ]
    return "\n".join(lines) + "\n"


def _metrics(house: House) -> str:
    return "\n".join(
        [
            'up{job="tally"} 1',
            "tally_docks_silent 1",
            "tally_disk_free_megabytes 4180",
            "tally_refused_total 12",
            "tally_waiting 0",
            "tally_starts_total 3",
            f"tally_reports_total {house.docks * 2417}",
            "",
        ]
    )


def _incidents(house: House) -> str:
    lines = ["number,day,minutes,en,ja"]
    for one in house.incidents:
        en, ja = INCIDENTS[one.kind]
        lines.append(f'{one.number},{one.day},{one.minutes},"{en}","{ja}"')
    return "\n".join(lines) + "\n"


def _listing(house: House) -> str:
    data = house.settings["data"].value
    folder = PurePosixPath(data).parent
    return LISTING.format(host=house.host, data=data, folder=folder, backups=house.backups, at=house.every)


def _old(house: House) -> str:
    old = {
        name: _other(one.value, one.code, one.settings, one.comment, one.unit) for name, one in _every(house).items()
    }
    return OLD.format(host="hydrant", docks=house.docks + house.closed, memory=house.memory_other, **old)


def _other(value: str, *others: str) -> str:
    """One that no longer holds."""
    return next((one for one in others if one and one != value), value)


def _chat(house: House, place: int) -> str:
    away = [AWAY[need.effect][place].format(hours=need.hours) for need in house.needs.values()]
    said = {"host": house.host, "nights": house.nights, "resend": house.resend, "least": house.docks - 10}
    said["away"] = (" ", "")[place].join(away)
    lines = [f"{(who, kana)[place]}: {(en, ja)[place]}".format(**said) for who, kana, en, ja in CHAT]
    return "\n".join(lines) + "\n"


def signals_of(kind: str) -> tuple[str, ...]:
    """By what an incident of a kind can be seen."""
    return tuple(one for one in SIGNALS[kind] if one)


def drawn(number: int) -> dict[str, str]:
    """All files of a number."""
    return files_of(house_of(number))
