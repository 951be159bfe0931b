"""A lab's scene brought up to be broken, fixed and graded by a machine, far from any learner's attempt."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.attempts import Store
from kikori.engine import Project, Silent
from kikori.engine.cleanup import leftovers
from kikori.engine.images import Image
from kikori.engine.scratch import scratch_attempt
from kikori.grading import grade
from kikori.model import Change, Fault, Lab, Report, Stage
from kikori.replay.rebuild import replay
from kikori.submission import pack, unpack

LEARNER = "rehearsal"
PREFIX = "prove"


class Cancelled(Exception):
    """Nobody waits for what would come of this scene."""


class ProofScene:
    """One throwaway attempt, and all that a learner could do with it."""

    def __init__(
        self,
        lab: Lab,
        seed: int,
        folder: Path,
        learner: str = LEARNER,
        unwanted: threading.Event | None = None,
        *,
        fresh: set[Image] | None = None,
    ) -> None:
        """Prepare an attempt that nothing is started of yet.

        ``unwanted`` ends it, once set, at its next step, which raises ``Cancelled``; ``fresh`` keeps the images that
        were looked at in this run.
        """
        self.unwanted = unwanted or threading.Event()
        self.fresh = fresh
        self.lab = lab
        self.store = Store(folder / "state")
        self.folder = folder
        self.attempt = self.store.save(scratch_attempt(lab, PREFIX, folder / "workspace", learner=learner, seed=seed))

    @property
    def project(self) -> Project:
        """The scene itself."""
        return Project(self.lab, self.attempt, self.store.folder(self.attempt.id), fresh=self.fresh)

    def reset(self) -> None:
        """From whatever state to the healthy scene."""
        self._go_on()
        self.project.down()
        self.renew_workspace()
        self.attempt = self.store.move(self.attempt, stage=Stage.HEALTHY, fault=None)
        self.project.up()

    def renew_workspace(self, fault: Fault | None = None) -> None:
        """Lay out the workspace anew, with a fault in it; what is live stays live until the next apply."""
        if self.lab.workspace:
            shutil.rmtree(self.attempt.workspace, ignore_errors=True)
            shutil.copytree(self.lab.workspace, self.attempt.workspace)
        for change in fault.in_workspace if fault else ():
            self.project.run(change)

    def put(self, fault: Fault) -> None:
        """Put a fault into the scene."""
        self._go_on()
        self.project.put(fault, Silent())
        self.attempt = self.store.move(self.attempt, stage=Stage.BROKEN, fault=fault.id)

    def change(self, change: Change) -> None:
        """Carry out a break, fix or trap, and apply it as a learner would."""
        self._go_on()
        for before in change.first:
            self.project.run(before)
            if before.touches_workspace and not change.touches_workspace:
                self.project.apply(Silent())
        self.project.run(change)
        if change.touches_workspace:
            self.project.apply(Silent())
        if change.restart:
            self.restart()

    def grade(self, only: str = "") -> Report:
        """Grade the scene as it is, by all checks or by one and what it needs."""
        self._go_on()
        report = grade(self.lab, self.store.folder(self.attempt.id) / "attempt.json", only=only)
        self.store.add_report(self.attempt, report)  # as a learner's check does: a submission holds what was seen
        return report

    def restart(self) -> None:
        """Deploy the workspace anew and restart every service, as a check does."""
        self._go_on()
        self.project.redeploy(Silent())

    def replayed(self, *, shows: bool = True) -> Report:
        """Submit, take the scene down, and grade the replay, which ``shows`` the fault first."""
        self._go_on()
        submission = unpack(pack(self.store, self.project, self.folder))
        self.project.down()  # nobody looks at it any more, and two scenes at once cost twice
        return replay(self.lab, submission, shows=shows, fresh=self.fresh)

    def _go_on(self) -> None:
        if self.unwanted.is_set():
            raise Cancelled

    def stop(self) -> list[str]:
        """Take the scene away; gives what is left of it, which must be nothing."""
        self.project.down()
        return leftovers(self.attempt.project)


@contextmanager
def proof_scene(
    lab: Lab,
    seed: int,
    learner: str = LEARNER,
    unwanted: threading.Event | None = None,
    *,
    fresh: set[Image] | None = None,
) -> Iterator[ProofScene]:
    """A scene that is gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="kikori-prove-") as folder:
        stage = ProofScene(lab, seed, Path(folder), learner, unwanted, fresh=fresh)
        try:
            yield stage
        finally:
            stage.project.down()
