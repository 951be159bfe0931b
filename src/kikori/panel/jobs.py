"""A command asked for on a page: it runs in a thread, and says what it is doing."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import msgspec

from kikori.bench.users.load_sample import Sample
from kikori.cohort.client.change_detection import notice
from kikori.cohort.client.membership import joined
from kikori.errors import KikoriError, OurFault
from kikori.learner.session import Session
from kikori.model import CheckResult
from kikori.settings import Lang

Message = dict[str, Any]
Work = Callable[[Session, "Job"], object]
NUMBERS = itertools.count(1)


class Job:
    """One command: what it has said so far, and how it ended. Also the steps of the layers below."""

    def __init__(self, lab: str, action: str) -> None:
        self.number = next(NUMBERS)
        self.lab = lab
        self.action = action
        self.messages: list[Message] = []
        self.ended = False

    def say(self, kind: str, **what: Any) -> None:
        """Tell whoever watches."""
        self.messages.append({"job": self.number, "action": self.action, "kind": kind, **what})

    @contextmanager
    def step(self, title: str) -> Iterator[Callable[[str], None]]:
        """Enter a step; its newest line and at the end its seconds are told."""
        began = time.monotonic()
        self.say("step", title=title)
        yield lambda line: self.say("line", title=title, line=line[-200:])
        self.say("stepped", title=title, seconds=round(time.monotonic() - began, 1))

    def found(self, check: CheckResult) -> None:
        """Tell the result of a check, as soon as it is there."""
        self.say("check", check=msgspec.to_builtins(check))

    def felt(self, pulse: Sample) -> None:
        """Tell one second of a load."""
        self.say("pulse", pulse=msgspec.to_builtins(pulse))


class Jobs:
    """The commands that were asked for; one at a time for each lab."""

    def __init__(self) -> None:
        self.latest: dict[str, Job] = {}
        self.lock = threading.Lock()

    def begin(self, lab: str, action: str, work: Work, lang: Lang) -> Job:
        """Let a command run.

        Raises:
            KikoriError: another one is at work on that lab.
        """
        with self.lock:
            before = self.latest.get(lab)
            if before and not before.ended:
                raise KikoriError(f"{before.action} is still at work on {lab}.", "wait for it to end")
            job = self.latest[lab] = Job(lab, action)
        threading.Thread(target=self._run, args=(job, work, lang), name=f"{action} {lab}", daemon=True).start()
        return job

    def _run(self, job: Job, work: Work, lang: Lang) -> None:
        try:
            value = work(Session(job.lab, job, lang), job)
            job.say("done", value=msgspec.to_builtins(value))
        except KikoriError as problem:
            job.say("problem", message=problem.message, hint=problem.hint)
        except Exception as problem:  # the page must hear of it, whatever it is
            told = OurFault(f"Kikori itself failed: {type(problem).__name__}: {problem}")
            job.say("problem", message=told.message, hint="")
        finally:
            job.ended = True
            _check_in()

    def of(self, lab: str) -> Job | None:
        """The last command of a lab, ended or not."""
        return self.latest.get(lab)

    def ended(self, lab: str) -> Job | None:
        """The last command of a lab, where it has ended."""
        latest = self.latest.get(lab)
        return latest if latest and latest.ended else None


def _check_in() -> None:
    """Let the cohort's server know, where one was joined, as after a command that was typed."""
    with suppress(KikoriError, OSError):
        if joined() is not None:
            notice()
