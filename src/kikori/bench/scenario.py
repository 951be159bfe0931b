"""A lab's own part of the benchmark: the folder ``bench/`` of its grader, loaded by name."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, Protocol

import msgspec

from kikori.bench.users.user_session import Request, UserSession
from kikori.errors import OurFault
from kikori.model import Lab
from kikori.model.lab import Text
from kikori.model.record import Record

FOLDER = "bench"


class Action(Record):
    """A user's action that earns points once all of it was verified."""

    points: int
    about: Text


class Rule(Record):
    """What a service must not do; it costs points, or the whole run."""

    about: Text
    costs: int = 0
    fails: bool = False
    """Whether one breach makes the run count for nothing."""


class Table(Record):
    """points.toml: the one table by which runs are scored, and of which the manual is made."""

    actions: dict[str, Action]
    rules: dict[str, Rule]
    fast_ms: int
    """A page that is answered within so many milliseconds earns one point more."""
    routes: tuple[str, ...]
    """Endpoints of which each must have been answered well at least once."""


class Scenario(Protocol):
    """What a lab's ``bench`` package offers as ``Scenario(truth, rng, count)``."""

    initialize: Request

    def initialized(self, body: bytes) -> str:
        """What the service calls itself; raises Violation where it is not as it should be."""

    def dirty_data(self) -> Sequence[tuple[str, Callable[[], UserSession]]]:
        """Visits that leave something to be set back."""

    def checks(self) -> Sequence[tuple[str, Callable[[], UserSession]]]:
        """One visit for each route, compared with the seed's truth."""

    def draw(self, rng: Random) -> tuple[str, UserSession]:
        """The next visit of a virtual user, by the mix."""

    def written(self) -> Sequence[tuple[str, Callable[[], UserSession]]]:
        """Visits that read again what this run has written."""

    def secrets(self) -> list[str]:
        """Words that were told to the service in confidence, and may be readable nowhere."""

    def probes(self) -> Any:
        """What was written, as JSON can hold it, to be read again after a restart."""

    def read_again(self, probes: Any) -> Sequence[tuple[str, Callable[[], UserSession]]]:
        """Visits that read a former run's writes."""


Counted = Callable[[str, float], None]
"""Tells of a verified action, and of the seconds that its page took."""


def table(lab: Lab) -> Table:
    """The lab's points.toml.

    Raises:
        OurFault: it can't be read.
    """
    file = lab.graders / FOLDER / "points.toml"
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Table)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as problem:
        raise OurFault(f"{file}: {problem}", f"kikori lab lint {lab.id}") from None


def package(lab: Lab) -> ModuleType:
    """The lab's scenario as a Python package.

    Raises:
        OurFault: the lab has none.
    """
    folder = lab.graders / FOLDER
    name = f"kikori_bench_{lab.id.replace('-', '_')}"
    if name in sys.modules and Path(str(sys.modules[name].__file__)).parent == folder:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None or not (folder / "__init__.py").is_file():
        raise OurFault(f"{folder}: there is no scenario", f"kikori lab lint {lab.id}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def scenario(lab: Lab, truth: Mapping[str, Any], rng: Random, count: Counted, *, alone: bool = True) -> Scenario:
    """The lab's scenario for one run; not ``alone`` where other machines send users to the same service."""
    made: Scenario = package(lab).Scenario(truth, rng, count, alone=alone)
    return made
