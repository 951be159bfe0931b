"""The books of Machikado's systems: tickets, directory, storage, certificates, metrics. Nothing in here waits."""

from __future__ import annotations

import copy
import re
import time
from typing import Any

LINE = re.compile(r"([a-zA-Z_:][\w:]*)(\{[^}]*\})? (\S+)")
"""A line of the text format of Prometheus, as far as this gateway takes it."""
REASONS = ("not-understood", "remark", "unknown", "restricted", "not-theirs", "too-much")
"""What a ticket may be handed to a person for."""
Answer = tuple[int, Any]


def error(status: int, said: str) -> Answer:
    """Say why not."""
    return status, {"error": said}


class World:
    """What the systems hold. Each method is one request that has reached its system."""

    def __init__(self, week: dict[str, Any]) -> None:
        self.begin = copy.deepcopy(week)
        held = copy.deepcopy(week)
        self.policy: dict[str, Any] = held["policy"]
        self.people: dict[str, Any] = held["people"]
        self.groups: dict[str, Any] = held["groups"]
        self.volumes: dict[str, Any] = held["volumes"]
        self.hosts: dict[str, Any] = held["hosts"]
        self.certificates: list[dict[str, Any]] = held["certificates"]
        self.tickets: dict[str, dict[str, Any]] = {}
        for ticket in held["tickets"]:
            self.add(ticket)
        self.keys: dict[str, dict[str, Any]] = {}
        self.metrics: dict[str, dict[str, str]] = held.get("metrics", {})
        """What each job has pushed last; a week may begin with what an earlier run has told."""
        self.pushes: list[dict[str, Any]] = []
        self.acts: list[dict[str, Any]] = []

    def note(self, what: str, name: str, **more: Any) -> None:
        """Write down what has changed something."""
        self.acts.append({"at": time.time(), "what": what, "name": name, **more})

    # Tickets

    def add(self, ticket: dict[str, Any]) -> None:
        """File a ticket."""
        self.tickets[str(ticket["id"])] = {**ticket, "status": "open"}

    def withdraw(self, number: str) -> None:
        """Whoever filed it needs it no more."""
        self.tickets[number]["status"] = "withdrawn"

    def open_tickets(self) -> Answer:
        """All that are open, in the order in which they came."""
        return 200, [one for one in self.tickets.values() if one["status"] == "open"]

    def ticket(self, number: str) -> Answer:
        """One of them, open or not."""
        found = self.tickets.get(number)
        return (200, found) if found else error(404, f"there is no ticket {number}")

    def close(self, number: str, said: Any) -> Answer:
        """Close a ticket, or hand it to a person."""
        found = self.tickets.get(number)
        if not found:
            return error(404, f"there is no ticket {number}")
        if not isinstance(said, dict) or said.get("status") not in ("done", "person"):
            return error(400, "status is done or person")
        wanted = {"status": said["status"]}
        if said["status"] == "person":
            if said.get("reason") not in REASONS:
                return error(400, "reason is one of " + ", ".join(REASONS))
            wanted |= {"reason": said["reason"], "note": str(said.get("note", ""))}
        if found["status"] == said["status"]:
            return 200, found
        if found["status"] != "open":
            return error(409, f"ticket {number} is {found['status']}")
        found.update(wanted)
        self.note("ticket", number, status=said["status"])
        return 200, found

    # Directory

    def person(self, name: str) -> Answer:
        """Somebody of the staff list; who has left stays in it, with `active` false."""
        found = self.people.get(name)
        return (200, {"name": name, **found}) if found else error(404, f"there is nobody called {name}")

    def group(self, name: str) -> Answer:
        """A group, its members, and who decides about them; nobody does where that is empty."""
        found = self.groups.get(name)
        return (200, {"name": name, **found}) if found else error(404, f"there is no group {name}")

    def join(self, name: str, user: str) -> Answer:
        """Have somebody be a member; who is one already stays one."""
        found = self.groups.get(name)
        if not found:
            return error(404, f"there is no group {name}")
        if user in found["members"]:
            return 200, {"name": name, **found}
        found["members"].append(user)
        self.note("member", name, user=user)
        return 201, {"name": name, **found}

    def leave(self, name: str, user: str) -> Answer:
        """Have somebody be a member no more."""
        found = self.groups.get(name)
        if not found or user not in found["members"]:
            return error(404, f"{user} is no member of {name}")
        found["members"].remove(user)
        self.note("no member", name, user=user)
        return 200, {"name": name, **found}

    # Storage

    def volume(self, name: str) -> Answer:
        """A volume: its team, its size, and the largest size that it may have."""
        found = self.volumes.get(name)
        return (200, {"name": name, **found}) if found else error(404, f"there is no volume {name}")

    def grow(self, name: str, said: Any, key: str) -> Answer:
        """Add room. The same key is the same growth, however often it comes; without a key each one is another."""
        if key and key in self.keys:
            return 200, {**self.keys[key], "already": True}
        found = self.volumes.get(name)
        if not found:
            return error(404, f"there is no volume {name}")
        more = said.get("gb") if isinstance(said, dict) else None
        if not isinstance(more, int) or isinstance(more, bool) or more < 1:
            return error(400, "gb is a whole number above zero")
        found["gb"] += more
        answer = {"name": name, **found}
        if key:
            self.keys[key] = answer
        self.note("growth", name, gb=more, key=key)
        return 200, answer

    # Certificates

    def host(self, name: str) -> Answer:
        """A machine outside: its team, and whether it is retired."""
        found = self.hosts.get(name)
        return (200, {"name": name, **found}) if found else error(404, f"there is no host {name}")

    def issued(self, host: str) -> Answer:
        """All certificates of a host, the oldest first, and what each was for."""
        return 200, [one for one in self.certificates if not host or one["host"] == host]

    def sign(self, said: Any) -> Answer:
        """Issue a certificate: another one each time."""
        if not isinstance(said, dict) or not isinstance(said.get("host"), str) or not said.get("for"):
            return error(400, "host and for are needed")
        made = {"serial": 1000 + len(self.certificates), "host": said["host"], "for": str(said["for"])}
        if made["host"] not in self.hosts:
            return error(404, f"there is no host {made['host']}")
        self.certificates.append(made)
        self.note("certificate", made["host"], **{"for": made["for"]})
        return 201, made

    # Metrics

    def push(self, job: str, text: str, *, whole: bool) -> Answer:
        """Keep what a job pushes: PUT in the place of all that it had, POST beside it, as Pushgateway does."""
        if not text.endswith("\n"):
            return error(400, "text format: the last line has no end")
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
        found = [LINE.fullmatch(line.strip()) for line in lines]
        if not all(found):
            return error(400, "text format: NAME VALUE, a line for each")
        told = {one[1]: one[3] for one in found if one}
        self.metrics[job] = told if whole else {**self.metrics.get(job, {}), **told}
        self.pushes.append({"job": job, "told": told, "kept": self.metrics[job]})
        return 200, {}

    def pushed(self) -> str:
        """All metrics as text."""
        return "".join(
            f'{name}{{job="{job}"}} {value}\n' for job, kept in self.metrics.items() for name, value in kept.items()
        )

    # What the lab asks, and no learner

    def state(self) -> dict[str, Any]:
        """All of it."""
        names = ("groups", "volumes", "certificates", "tickets", "metrics", "pushes", "acts")
        return {name: getattr(self, name) for name in names}

    def lost(self) -> list[str]:
        """What was there in the beginning, and is no more."""
        gone = [
            f"{user} in {name}"
            for name, group in self.begin["groups"].items()
            for user in group["members"]
            if user not in self.groups[name]["members"]
        ]
        gone += [name for name, one in self.begin["volumes"].items() if self.volumes[name]["gb"] < one["gb"]]
        return gone
