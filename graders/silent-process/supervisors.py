"""The services of the server, seen from beside it: who started whom, and who would start it again."""

import re

from kikori.grading import Process, Scene, family

PIPES = "/run/notes/"


class Services:
    """The processes of this server by who started them: by descent, not by what they call themselves."""

    def __init__(self, scene: Scene) -> None:
        self.beside = scene.sidecar("notes")
        first = int(scene.inspect("notes")["State"]["Pid"])
        self.found = [one for one in self.beside.processes() if not one.has_ended]
        own = family(self.found, first)
        supervisors = {
            one.command.split()[1]: one for one in own if one.parent == first and re.match(r"runsv [^ /]", one.command)
        }
        # A runsv that somebody started by hand comes to the first process too, once its shell has ended.
        kept = {file.path for file in self.beside.at(*(f"/etc/service/{name}" for name in supervisors))}
        starts = {name: one.pid for name, one in supervisors.items() if f"/etc/service/{name}" in kept}
        self.below = {name: family(own, pid)[1:] for name, pid in starts.items()}
        self.watched = {one.pid for one in own if one.parent in starts.values()}
        """Those that a supervisor starts again when they end: its children, and not theirs."""
        self.supervised = {one.pid for those in self.below.values() for one in those}
        self.own = [one for one in own if one.pid != first and one not in supervisors.values()]
        pipes = {one.pid for one in self.beside.descriptors() if any(name.startswith(PIPES) for name in one.open)}
        self.at_pipes = [one for one in self.found if one.pid in pipes]

    def strays(self) -> list[Process]:
        """Who has a pipe between the services open and was started by no supervisor."""
        return [one for one in self.at_pipes if one.pid not in self.supervised]

    def unwatched(self) -> dict[int, Process]:
        """Who works for a service, and its supervisor would not notice that it ends."""
        every = {one.pid: one for those in self.below.values() for one in those}
        return {pid: one for pid, one in every.items() if pid not in self.watched}

    def keepers(self) -> set[str]:
        """The running services that write /etc/resolv.conf, which only root may."""
        return {name for name, those in self.below.items() if those and self._writes_names(name)}

    def _writes_names(self, service: str) -> bool:
        """Whether its script says so, or a program that the script names; what netconf reads is another file."""
        script = self._text(f"/etc/service/{service}/run")
        programs = re.findall(r"/(?:srv|etc|usr/local|opt|root|home|var/lib)/[\w./-]+", script)
        lines = [line for text in (script, *map(self._text, programs)) for line in text.splitlines()]
        return any(re.search(r"(?<!netconf/)resolv\.conf", line) for line in lines if not line.lstrip().startswith("#"))

    def _text(self, path: str) -> str:
        return (self.beside.read(path) or b"").decode("utf-8", "replace")

    def workers(self, free: set[str]) -> list[Process]:
        """Who is at a pipe, or works below the supervisors; a root shell that only waits for others does not."""
        spared = {one.pid for name in free for one in self.below.get(name, ())}
        found = [one for one in self.own if one.pid in self.supervised or "/srv/notes" in one.command]
        alone = [one for one in found if all(below.is_root for below in family(self.own, one.pid))]
        below = [one for one in found if not one.is_root]
        return self.at_pipes + [one for one in alone + below if one.pid not in spared]
