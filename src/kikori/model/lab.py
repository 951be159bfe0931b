"""A lab as its author wrote it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Annotated

from msgspec import Meta

from kikori.model.incident import EventSource
from kikori.model.record import Record
from kikori.settings import Lang

NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
Name = Annotated[str, Meta(pattern=NAME)]
Sentence = Annotated[str, Meta(min_length=1)]


class Kind(StrEnum):
    """What a lab asks for."""

    REPAIR = "repair"
    BUILD = "build"
    TUNE = "tune"
    WRITE = "write"


class Text(Record):
    """The same text in both languages, each an original."""

    en: Sentence
    """The text for readers of English."""
    ja: Sentence = ""
    """The text for readers of Japanese; while there is none, they read the English one."""

    def lang(self, lang: Lang) -> str:
        """The text in one language."""
        return (self.ja if lang == "ja" else "") or self.en

    @property
    def written(self) -> tuple[str, ...]:
        """The text in each language that it is written in."""
        return (self.en, self.ja) if self.ja else (self.en,)


class Hint(Text):
    """One rung of the hint ladder; the last names the resource, never the command."""


class Prompt(Text, kw_only=True):
    """A question of the explanation, and how long an answer is at least."""

    id: Name
    """What the answer is kept under."""
    words: Annotated[int, Meta(ge=1)] = 12
    """Least length in English words; Japanese counts twice as many characters."""


class Param(Record):
    """Values that differ from attempt to attempt; exactly one of the two is given."""

    choice: tuple[str, ...] = ()
    """The values to draw from."""
    range: tuple[int, int] | None = None
    """The least and the greatest whole number to draw."""

    def pick(self, rng: Random) -> str:
        """One value, as the text that compose and scripts get in their environment."""
        if self.range is not None:
            return str(rng.randint(*self.range))
        return rng.choice(self.choice)


class Change(Record):
    """A script run in a service or in the workspace, or a folder or patch laid over the workspace.

    ``break``, every fix and every trap is one.
    """

    name: str
    path: Path
    service: str
    """Where a script runs; ``workspace`` is the learner's folder, ``engine`` too, and nothing is applied after it."""
    fails: str = ""
    """A trap's own: the check that must fail after it."""
    restart: bool = False
    """Whether every service is restarted after it."""
    after: str = ""
    """A trap's own, as it is written: the fix that it is but for something."""
    first: tuple[Change, ...] = ()
    """What is carried out before it: that fix."""

    @property
    def touches_workspace(self) -> bool:
        """Whether the change needs an apply afterwards."""
        return self.service == WORKSPACE

    @property
    def runs_here(self) -> bool:
        """Whether a script runs on this computer, and not inside a service."""
        return self.service in (WORKSPACE, ENGINE)


class Commit(Record):
    """A change of the workspace as its repository tells it; the first of a history only begins it."""

    name: str
    author: str
    """Name and address, as git writes them."""
    subject: str
    days: int = 0
    """How many days before the learner's start it was made."""
    patch: Change | None = None
    """What it changed; ``None`` for all that was there at the beginning."""


LEFT_AS_IT_IS = "left-as-it-is"
"""The check of a false alarm: that the workspace is as the break left it."""
NOTHING = "nothing"
"""What a diagnosis says where nothing is broken."""
CAUSE = "{{ cause }}"
"""In a debrief, where the cause of lab.toml comes."""
PATCH = ".diff"
"""What the name of a change ends with that is a patch."""
WORKSPACE = "workspace"
OF_WORKSPACE = "KIKORI_WORKSPACE"
"""The variable by which a compose file names the learner's folder."""
ENGINE = "engine"
"""For a trap that changes what is live with docker commands, and leaves the learner's files as they are."""


class FaultToml(Record, kw_only=True):
    """One fault; its scripts are in faults/ID/."""

    component: str = ""
    """The service that holds the cause; ``nothing`` of a false alarm, left out where two faults are in at once."""
    cause: Text
    """What is really wrong; told only after the fix."""
    diagnosis: Name = ""
    """What a diagnosis calls it: a name of courses/diagnoses.toml."""
    alarm: bool = False
    """Whether nothing is broken: somebody only thinks so, and any change of the workspace is one too many."""
    both: tuple[Name, ...] = ()
    """Two other faults of the lab: both are in at once, and the first fix is not enough."""
    left: dict[Name, str] = {}
    """Of each of the two, the check that fails as long as only that one is left."""
    hints: tuple[Hint, ...] = ()
    """Rungs that follow the lab's own hints when this fault is in."""


class Exercise(Record):
    """What there is to do in a lab: right ways of doing it, and ways that only seem right."""

    folder: Path
    """Where fixes/ and traps/ are: the fault's own folder, or the lab's where its work is unfinished."""
    fixes: tuple[Change, ...]
    traps: tuple[Change, ...]


class Fault(Exercise):
    """One way to break a lab, with the change that puts it in."""

    id: Name
    about: FaultToml
    breaking: tuple[Change, ...]
    """What puts it in, in this order: mostly one change, of two faults at once those of each."""
    commits: tuple[Commit, ...] = ()
    """What else is changed in the workspace at the same time, by people who did nothing wrong."""
    told: tuple[Commit, ...] = ()
    """What the workspace's repository tells of each change of the workspace that did it."""
    stop_gaps: tuple[Change, ...] = ()
    """What serves users again within a minute, and fixes nothing."""
    parts: tuple[Fault, ...] = ()
    """The two that are in at once; none where it is one."""
    from_setter: bool = False
    """Whether it came in a setter's file, which seals its cause: no fault of the lab's own."""

    @property
    def components(self) -> set[str]:
        """What a right diagnosis may name as the place."""
        return {part.about.component for part in self.parts or (self,)}

    @property
    def diagnoses(self) -> set[str]:
        """What a right diagnosis may name as the cause."""
        return {name for part in self.parts or (self,) for name in (part.about.diagnosis, part.id) if name}

    @property
    def in_workspace(self) -> tuple[Change, ...]:
        """The changes of the workspace, harmless ones first."""
        harmless = (commit.patch for commit in self.commits if commit.patch)
        return (*harmless, *(one for one in self.breaking if one.touches_workspace))

    @property
    def in_services(self) -> tuple[Change, ...]:
        """The changes that are made inside services, or with the engine."""
        return tuple(one for one in self.breaking if not one.touches_workspace)

    def debrief(self, lang: Lang) -> Path | None:
        """What an expert says of it in one language; in English while there is no Japanese page."""
        return next((page for page in pages_in(self.folder, "debrief", lang) if page.is_file()), None)


def pages_in(folder: Path, name: str, lang: Lang) -> list[Path]:
    """Where a page may lie, the language's own first."""
    english = folder / f"{name}.md"
    return [folder / f"{name}.ja.md", english] if lang == "ja" else [english]


class LabToml(Record):
    """What stands at the top."""

    title: Text
    """The name that lists and pages show."""
    summary: Text
    """One sentence: what the learner meets, without the cause."""
    course: Name
    """The course's folder under courses/."""
    module: Name
    """The module's folder under the course."""
    kind: Kind
    """repair, build, tune or write."""
    level: Annotated[int, Meta(ge=1, le=4)]
    """1: follow, 2: find the one thing, 3: find it among several and choose a design, 4: open-ended."""
    minutes: Annotated[int, Meta(ge=1, le=480)]
    """What the lab takes a learner, explanation included: an estimate, until a class was measured."""
    shell: str
    """The service that `kikori shell` opens; `workspace` for the learner's own folder."""
    prompts: tuple[Prompt, ...]
    """The questions of the explanation."""
    hints: tuple[Hint, ...] = ()
    """The ladder's first rungs, from vague to near."""
    params: dict[str, Param] = {}
    """Random but sticky values; reach compose and scripts as KIKORI_NAME."""
    capabilities: tuple[str, ...] = ()
    """What a learner's compose file may add back to a service, such as NET_BIND_SERVICE."""
    outside: Text | None = None
    """Why the lab needs a route to the outside; left out: it has none."""
    grade: Annotated[float, Meta(ge=0)] = 0
    """What a tune lab asks for: so many doublings of the untouched service's score on the same machine."""
    equipment: tuple[str, ...] = ()
    """Services in which a learner has no business: a replay has them fresh, so that checks may rest on them."""
    uses: tuple[Name, ...] = ()
    """Images, the lab's own or shared ones, whose Python modules the checks import, such as the model of a month."""
    apart: bool = False
    """Whether traps leave behind what would meet the next one, so that `prove` tries each in a scene of its own."""
    decoys: tuple[Text, ...] = ()
    """What looks wrong in the lab and is not; told with the debrief of all faults."""
    events: tuple[EventSource, ...] = ()
    """Records that services keep of an incident; `kikori incident timeline` shows them among what the learner did."""
    faults: dict[Name, FaultToml] = {}
    """The ways to break a repair lab; each has a folder under faults/."""


class Lab(Record):
    """A lab read whole: its lab.toml, its folder and what there is to do in it."""

    id: Name
    folder: Path
    graders: Path
    about: LabToml
    faults: dict[str, Fault]
    unfinished: Exercise | None = None
    """The work of a lab without faults: its workspace as it is at the start, to be completed."""
    history: tuple[Commit, ...] = ()
    """How the workspace came to be what it is, the oldest first; empty where it has no repository."""

    @property
    def first_look(self) -> str:
        """What a learner types when the scene is healthy and nothing was done yet."""
        if self.faults:
            return "kikori break"
        return "kikori bench" if self.about.kind is Kind.TUNE else "kikori check"

    @property
    def single(self) -> dict[str, Fault]:
        """The lab's own faults that are met one at a time, without false alarms."""
        return {name: fault for name, fault in self.own.items() if not fault.parts and not fault.about.alarm}

    @property
    def own(self) -> dict[str, Fault]:
        """The faults that its author wrote: not one that came in a setter's file."""
        return {name: fault for name, fault in self.faults.items() if not fault.from_setter}

    @property
    def written(self) -> tuple[Exercise, ...]:
        """The exercises whose fixes an author wrote: neither false alarms nor two faults at once."""
        return (*self.single.values(), *([self.unfinished] if self.unfinished else []))

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """All that there is to do: a fault each, or the unfinished work."""
        return (*self.faults.values(), *([self.unfinished] if self.unfinished else []))

    @property
    def compose(self) -> Path:
        """The author's compose file."""
        return self.folder / "compose.yaml"

    @property
    def stack(self) -> Path | None:
        """What the lab runs in the engine's Swarm mode, where it teaches that."""
        file = self.folder / "stack.yaml"
        return file if file.is_file() else None

    @property
    def modules(self) -> tuple[Path, ...]:
        """The folders of images whose modules the checks import, the lab's own before one that labs share."""
        places = [(self.folder / "images" / name, self.folder.parent / "_images" / name) for name in self.about.uses]
        return tuple(own if own.is_dir() else shared for own, shared in places)

    @property
    def workspace(self) -> Path | None:
        """The template of the learner's folder, where the lab has one."""
        folder = self.folder / "workspace"
        return folder if folder.is_dir() else None

    @property
    def is_put_live(self) -> bool:
        """Whether a service is made of the learner's folder; else what is in it is read where it lies."""
        return self.stack is not None or OF_WORKSPACE in self.compose.read_text(encoding="utf-8")

    def page(self, name: str, lang: Lang) -> Path:
        """``task`` or ``debrief`` in one language; in English while there is no Japanese page."""
        first, *others = pages_in(self.folder, name, lang)
        return first if first.is_file() or not others else others[0]

    def params_of(self, learner: str, seed: int) -> dict[str, str]:
        """The attempt's values: the same learner, lab and seed give the same ones, always."""
        rng = Random(f"{learner}/{self.id}/{seed}")  # noqa: S311 - variety, not secrecy
        return {name: param.pick(rng) for name, param in sorted(self.about.params.items())}

    def fault_of(self, learner: str, seed: int) -> Fault:
        """The fault that `break` puts in when none is asked for."""
        rng = Random(f"{learner}/{self.id}/{seed}/fault")  # noqa: S311
        return self.faults[rng.choice(sorted(self.single))]


def environment_name(param: str) -> str:
    """A parameter's name in the environment: ``page-title`` is KIKORI_PAGE_TITLE."""
    return "KIKORI_" + re.sub(r"\W", "_", param).upper()
