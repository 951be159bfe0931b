"""What one attempt at each lab takes of a computer: memory, processors, disk, networks. Writes labs/sizes.toml.

``.venv/bin/python benchmarks/sizing.py [LAB…]`` plays a learner at each lab, one after the other: start, rest, the
first fault, a check, the first fix, a check. Memory is what Docker's API tells of each container without the file cache
that nobody uses (what ``docker stats`` shows), and beside it that of what Docker runs for each container. The time of
processors is that of the containers, of what Docker runs for each, of the command, and of Docker itself while it works
for nobody else; what other programs do meanwhile does not count, and what healthchecks execute counts twice. Images are
counted by layer: one that two labs have is shared. It needs root, to read Docker's own processes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from msgspec.structs import replace

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Project
from kikori.engine.cleanup import LABEL, OF
from kikori.engine.client import client
from kikori.engine.inspection.cgroups import used
from kikori.engine.scratch import scratch
from kikori.engine.swarm.membership import NAMESPACE
from kikori.model import Change, Kind, Lab
from kikori.replay.resource_guard import written_by
from kikori.sizing.reference import write_pages
from kikori.sizing.sizes import Size, Sizes, Work, sizes_of, write

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from homes import Home, done, homes

SETTLE, REST = 10, 20
"""Seconds after a start or a change until it is at rest, and over which rest is measured."""
SOON, EVERY = 0.2, 1.0
"""Seconds between two looks at processors, and at memory."""
ENGINE = ("dockerd", "containerd")
SHIM, PROXY = "containerd-shim", "docker-proxy"
MIB, MB = 2**20, 10**6


def containers(project: str) -> list[dict[str, Any]]:
    """All running containers of an attempt: its services, its stack's, and what a check runs beside them."""
    found = {}
    for label in (LABEL, OF, NAMESPACE):
        found |= {one["Id"]: one for one in client().api.containers(filters={"label": [f"{label}={project}"]})}
    return list(found.values())


def bridges(project: str) -> int:
    """How many of the engine's addresses for networks an attempt takes; those of a stack come from a larger range."""
    return len(client().api.networks(filters={"label": [f"{LABEL}={project}"], "driver": "bridge"}))


def working_set(container: str) -> int:
    """Bytes of a container that can't be given back without harm."""
    from docker.errors import APIError

    try:
        memory = client().api.stats(container, stream=False, one_shot=True)["memory_stats"]
    except (APIError, KeyError):
        return 0  # it ended meanwhile
    told = memory.get("stats", {})
    return int(memory.get("usage", 0) - told.get("total_inactive_file", told.get("inactive_file", 0)))


def processes(names: Iterable[str]) -> list[psutil.Process]:
    return [one for one in psutil.process_iter(["name"]) if (one.info["name"] or "").startswith(tuple(names))]


def beside(found: list[dict[str, Any]]) -> int:
    """Bytes of what Docker runs for each container: a shim, and a proxy for each published port."""
    own = {one["Id"] for one in found}
    own |= {net["IPAddress"] for one in found for net in one["NetworkSettings"]["Networks"].values()} - {""}
    return sum(proportional(one) for one in processes((SHIM, PROXY)) if own & {*words(one)})


def words(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return list(process.cmdline())
    return []


def proportional(process: psutil.Process) -> int:
    """Bytes of a process, its part of what it shares."""
    with suppress(psutil.Error):
        return int(process.memory_full_info().pss)
    return 0


def memory_of(project: str) -> int:
    found = containers(project)
    return sum(working_set(one["Id"]) for one in found) + beside(found)


def tree(root: int | None) -> list[psutil.Process]:
    with suppress(psutil.Error):
        return [psutil.Process(root), *psutil.Process(root).children(recursive=True)] if root else []
    return []


class Processors:
    """Counts the seconds that an attempt keeps processors busy, until nobody asks any more."""

    def __init__(self, project: str, root: int | None = None) -> None:
        self.project, self.root = project, root
        self.seconds = 0.0
        self._own: set[str] = set()
        self._seen: dict[object, float] = {}
        self._engine: float | None = None
        self.look()
        self.seconds = 0.0

    def look(self) -> float:
        """Add what was used since the last look; a clock that went back began anew."""
        every = used()
        if every.keys() - self._own:
            self._own |= {one["Id"] for one in containers(self.project)}
        now: dict[object, float] = {name: spent for name, spent in every.items() if name in self._own}
        now |= {one.pid: clock(one, 4) for one in processes((SHIM,)) if self._own & {*words(one)}}
        now |= {
            one.pid: clock(one, 2) for one in tree(self.root)[1:] if any("forkserver" in word for word in words(one))
        }
        for name, spent in now.items():
            before = self._seen.get(name, 0.0)
            self.seconds += spent - before if spent >= before else spent
        self._seen |= now
        self._look_at_engine(alone=not every.keys() - self._own)
        return self.seconds

    def _look_at_engine(self, *, alone: bool) -> None:
        """Add what the engine used, while it works for nobody else."""
        now = sum(clock(one, 2) for one in processes(ENGINE) if one.info["name"] in ENGINE) if alone else None
        if now is not None and self._engine is not None:
            self.seconds += now - self._engine
        self._engine = now


def clock(process: psutil.Process, parts: int) -> float:
    """Seconds of a process: two parts are its own, four count those of children that it has waited for, too."""
    with suppress(psutil.Error):
        return sum(process.cpu_times()[:parts])
    return 0.0


@contextmanager
def looking(look: Any, every: float) -> Iterator[None]:
    """Call ``look`` again and again, in a thread of its own."""
    ended = threading.Event()

    def again() -> None:
        while not ended.wait(every):
            look()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Seen(NamedTuple):
    """What a command took, and how it ended."""

    work: Work
    code: int
    said: str


def command(home: Home, project: str, *argv: str) -> Seen:
    """Run one of a learner's commands, and measure all that works for it."""
    before, most = memory_of(project), [0]
    began = time.monotonic()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "kikori", *argv],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=home.folder / "here",
            env=home.environment,
        )
        clock = Processors(project, process.pid)

        def weigh() -> None:
            most[0] = max(most[0], memory_of(project) + sum(map(proportional, tree(process.pid))))

        with looking(clock.look, SOON), looking(weigh, EVERY):
            _, status, resources = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        spent = clock.look() + resources.ru_utime + resources.ru_stime
        memory = max(0, most[0] - before) // MIB
        work = Work(memory=memory, processor=round(spent, 1), seconds=round(seconds, 1))
        return Seen(work, process.returncode, said.read())


class Attempt:
    """A learner's attempt in a home of its own."""

    def __init__(self, home: Home, lab: Lab) -> None:
        self.home, self.lab = home, lab
        done(home("start", lab.id, "--seed", "1"))
        (self.attempt,) = home.store.running()

    @property
    def project(self) -> Project:
        """Its running system."""
        return Project(self.lab, self.attempt, self.home.store.folder(self.attempt.id))

    @property
    def name(self) -> str:
        """What Docker calls it."""
        return self.attempt.project

    def fix(self, change: Change) -> None:
        """Carry out a fix as `lab prove` does, and put it live as a learner would."""
        for one in (*change.first, change):
            self.project.run(one)
            if one.touches_workspace:
                done(self.home("apply"))

    def rest(self) -> tuple[float, float]:
        """Bytes of memory, and the part of one processor, while nobody does anything."""
        time.sleep(SETTLE)
        clock, began = Processors(self.name), time.monotonic()
        time.sleep(REST)
        part = clock.look() / (time.monotonic() - began)
        return memory_of(self.name), part


def measured(lab: Lab, home: Home) -> Size:
    """Play a learner at one lab."""
    attempt = Attempt(home, lab)
    rests, checks = [attempt.rest()], []
    if lab.faults:
        first = next(iter(lab.single))
        done(home("break", "--fault", first))
        rests.append(attempt.rest())
    bench = command(home, attempt.name, "bench").work if lab.about.kind is Kind.TUNE else None
    for fix in (None, lab.exercises[0].fixes[0]):
        if fix:
            attempt.fix(fix)
        checks.append(command(home, attempt.name, "check"))
    time.sleep(SETTLE)
    late = memory_of(attempt.name)
    print(f"{lab.id}: checks ended with {[one.code for one in checks]}, rest {rests}", file=sys.stderr, flush=True)
    if [one.code for one in checks] not in ([1, 0], [3, 0]):
        print(*(one.said for one in checks), sep="\n", file=sys.stderr)
    found = containers(attempt.name)
    size = Size(
        day=datetime.now(UTC).date(),
        docker=client().version()["Version"],
        containers=len(found),
        networks=bridges(attempt.name),
        memory=round(max(late, *(memory for memory, _ in rests)) / MIB),
        processor=round(100 * max(part for _, part in rests), 1),
        images=0,
        written=round(((written_by(attempt.name) or 0) + own_images(attempt.name)) / MB),
        check=Work(
            memory=max(one.work.memory for one in checks),
            processor=max(one.work.processor for one in checks),
            seconds=max(one.work.seconds for one in checks),
        ),
        bench=bench,
    )
    done(home("stop", "--yes"))
    return size


def layers() -> dict[str, dict[tuple[str, ...], int]]:
    """Each tagged image as stacks of layers that end in a tagged image, with the bytes above the one below."""
    rows = client().api.images()
    whole: dict[tuple[str, ...], tuple[int, list[str]]] = {}
    for row in rows:
        about = client().api.inspect_image(row["Id"])
        stack = tuple(about["RootFS"]["Layers"])
        _, tags = whole.get(stack, (0, []))
        whole[stack] = (int(about["Size"]), [*tags, *(row["RepoTags"] or [row["Id"]])])
    found: dict[str, dict[tuple[str, ...], int]] = {}
    for stack, (_, tags) in whole.items():
        below = sorted((one for one in whole if stack[: len(one)] == one), key=len)
        sizes = [whole[one][0] for one in below]
        parts = {one: size - before for one, size, before in zip(below, sizes, [0, *sizes[:-1]], strict=True)}
        found |= dict.fromkeys((tag.removesuffix(":latest") for tag in tags), parts)
    return found


def own_images(project: str) -> int:
    """Bytes that images built for one attempt add."""
    rows = client().api.images(filters={"label": [f"{LABEL}={project}"]})
    every = layers()
    return sum(list(every[tag.removesuffix(":latest")].values())[-1] for row in rows for tag in row["RepoTags"] or ())


def images_of(lab: Lab) -> set[str]:
    """The tags that a lab needs, built."""
    with scratch(lab, "images", workspace=lab.workspace) as project:
        from kikori.engine import Silent
        from kikori.engine.images import beside as for_sidecars

        project.build_own(Silent())
        return {*project.images(), *(one.tag for one in for_sidecars(lab.graders))}


def with_images(sizes: Sizes, labs: Iterable[Lab]) -> Sizes:
    """Fill in what each lab's images add to those of all others, and what they share."""
    needed, every = {lab.id: images_of(lab) for lab in labs}, layers()
    parts = {name: {part: size for tag in tags for part, size in every[tag].items()} for name, tags in needed.items()}
    owners: dict[tuple[str, ...], set[str]] = {}
    for name, stacks in parts.items():
        for part in stacks:
            owners.setdefault(part, set()).add(name)
    all_parts = {part: size for stacks in parts.values() for part, size in stacks.items()}
    shared = sum(size for part, size in all_parts.items() if len(owners[part]) > 1)
    own = {name: sum(size for part, size in stacks.items() if len(owners[part]) == 1) for name, stacks in parts.items()}
    rows = {name: replace(row, images=round(own[name] / MB)) for name, row in sizes.labs.items() if name in own}
    return replace(sizes, images=round(shared / MB), labs=rows)


def learners_own(home: Home) -> int:
    """MiB of a panel and a shell."""
    attempt = Attempt(home, Catalog().lab("first-look"))
    begun = [home.begin("serve", "--no-open"), home.begin("shell")]
    time.sleep(60)  # the panel builds its pages first
    taken = sum(proportional(one) for process in begun for one in tree(process.pid))
    for process in begun:
        process.terminate()
        process.wait()
    done(home("stop", "--yes"))
    assert attempt.attempt
    return round(taken / MIB)


def main(names: list[str]) -> None:
    """Measure, and write after each lab."""
    host.ready()
    catalog = Catalog([paths.ROOT])
    every = catalog.labs()
    with tempfile.TemporaryDirectory() as folder, homes(Path(folder)) as home:
        if not names or "learner" in names:
            write(paths.ROOT, replace(sizes_of(paths.ROOT), learner=learners_own(home("learner"))))
        for lab in every:
            if not names or lab.id in names:
                images_of(lab)
                size = measured(lab, home(lab.id))
                known = sizes_of(paths.ROOT)
                write(paths.ROOT, replace(known, labs=known.labs | {lab.id: size}))
                print(lab.id, json.dumps({key: str(value) for key, value in _plain(size)}), flush=True)
    write(paths.ROOT, with_images(sizes_of(paths.ROOT), every))
    write_pages()


def _plain(size: Size) -> list[tuple[str, object]]:
    return [(key, getattr(size, key)) for key in size.__struct_fields__]


if __name__ == "__main__":
    main(sys.argv[1:])
