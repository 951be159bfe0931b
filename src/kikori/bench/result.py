"""What a run of the benchmark found."""

from __future__ import annotations

from kikori.bench.users.user_session import Cause
from kikori.model.record import Record


class Endpoint(Record):
    """One endpoint during the load."""

    name: str
    count: int
    p50_ms: float
    p95_ms: float
    errors: int


class Usage(Record):
    """What a service took during the load."""

    service: str
    cpu: float
    """Share of the CPU time that its limit allows, 0 to 1."""
    memory_mib: float
    disk_mib: float
    """Read and written."""
    restarted: bool = False


class HostLoad(Record):
    """Shares of the machine's processor time during the load, 0 to 1."""

    busy: float
    """Taken by anybody."""
    others: float
    """Taken by neither the services nor the generator: the engine's work for them, and all else that runs here."""
    stolen: float
    """Given to others by the host of a virtual machine."""


class Machine(Record):
    """Where and what was measured, for whoever compares two results."""

    cpu: str
    cores: int
    limits: dict[str, str]
    """Per service: CPUs and MiB that it may take."""
    images: dict[str, str]
    """Per service: the image that ran."""


class Result(Record):
    """One run, whole."""

    lab: str
    at: float
    seed: int
    profile: str
    seconds: float
    """Of the load that was scored."""
    points: int
    """What the verified actions earned, less the penalties."""
    causes: tuple[Cause, ...]
    """What went wrong, the first of each rule first."""
    breaches: dict[str, int]
    """How often each rule was broken."""
    failed: str
    """The rule by which the run counts for nothing; empty where it counts."""
    actions: dict[str, int]
    fast: int
    """Pages that were quick enough for one point more."""
    users: int
    """Virtual users at the end: as many as the service kept up with."""
    requests: int
    errors: int
    endpoints: tuple[Endpoint, ...] = ()
    usage: tuple[Usage, ...] = ()
    queries_per_page: float | None = None
    generator_cpu: float = 0.0
    """Share of one core that the generator took, 0 to 1."""
    limit: str = ""
    """What kept more users from coming: ``service``, ``generator`` or ``users``; empty where more still came."""
    luck: float = 0.0
    """The part by which chance alone makes a score of so few actions more or less, one standard deviation."""
    ground: HostLoad | None = None
    machine: Machine | None = None
    workspace: str = ""
    """Hash of the workspace that was live."""
    baseline: float | None = None
    """Points for each second of the untouched service on this machine."""
    format: int = 1

    @property
    def passed(self) -> bool:
        """Whether the run counts."""
        return not self.failed

    @property
    def score(self) -> int:
        """The score: nothing for a run that failed."""
        return self.points if self.passed else 0

    @property
    def pace(self) -> float:
        """Points a second, by which a quick run and a long one can be compared."""
        return self.points / self.seconds if self.seconds else 0.0

    @property
    def generator_limited(self) -> bool:
        """Whether the generator and not the service may have been the limit."""
        return self.limit == "generator"
