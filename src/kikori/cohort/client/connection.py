"""What a learner's machine asks of the cohort's server."""

from __future__ import annotations

import ipaddress
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar
from urllib.parse import urlsplit

import msgspec
import requests

from kikori.cohort.messages import (
    GAME_OVER,
    UNKNOWN_LAB,
    Ahead,
    CheckIn,
    Consent,
    Deleted,
    Enrolled,
    HelpRequest,
    Joining,
    Received,
    TeamReport,
    clean,
)
from kikori.errors import EnvironmentProblem, KikoriError

T = TypeVar("T")
TIMES = (3.0, 8.0)
"""Seconds to connect, and to wait for the next byte."""
LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS)
UPLOAD_TIMES = (3.0, 120.0)
MOST_ANSWER = 64 * 1024


class Unreachable(EnvironmentProblem):
    """Nobody answers there, or somebody else does."""


class Refused(KikoriError):
    """The server answers, and says no."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message, "kikori cohort status")
        self.status = status

    @property
    def unknown(self) -> bool:
        """Whether the server does not know this learner (any more)."""
        return self.status == HTTPStatus.UNAUTHORIZED

    @property
    def over(self) -> bool:
        """Whether the game day is over for this learner."""
        return self.status == GAME_OVER

    @property
    def for_now(self) -> bool:
        """Whether the same may be taken later: it was too often, two came at once, or the server has a problem."""
        return self.status in LATER or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def of_no_lab(self) -> bool:
        """Whether the server does not know the lab, so that it need not hear of the attempt again."""
        return self.status == UNKNOWN_LAB


class Server:
    """The cohort's server, as one learner reaches it."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"
        self.session.trust_env = not _is_near(url)  # a company's proxy knows no way back into the room

    def enrol(self, name: str) -> Enrolled:
        """Join, with the enrolment token; gives the personal one."""
        return self._json("POST", "/learner/join", Enrolled, Joining(name=name))

    def check_in(self, told: CheckIn) -> None:
        """Say where an attempt stands."""
        self._ask("POST", "/learner/check-in", told)

    def raise_hand(self, call: HelpRequest) -> None:
        """Call for help."""
        self._ask("POST", "/learner/hand", call)

    def lower_hand(self) -> None:
        """Take the call back."""
        self._ask("DELETE", "/learner/hand")

    def agree(self, consent: Consent) -> None:
        """Take part in the game day."""
        self._ask("POST", "/learner/game-day", consent)

    def report(self, told: TeamReport) -> Ahead:
        """Say how the team is getting on; gives what is ahead of it."""
        return self._json("PUT", "/learner/game-day", Ahead, told)

    def withdraw(self) -> None:
        """Take part in the game day no longer."""
        self._ask("DELETE", "/learner/game-day")

    def collected(self) -> Deleted:
        """How much there is of this learner."""
        return self._json("GET", "/learner/all", Deleted)

    def leave(self) -> Deleted:
        """Have all deleted that was collected of this learner."""
        return self._json("DELETE", "/learner/all", Deleted)

    def hand_in(self, submission: Path) -> Received:
        """Send a submission, in pieces as it is read."""
        with submission.open("rb") as data:
            return self._json("PUT", "/learner/submission", Received, data)

    def _json(self, method: str, path: str, kind: type[T], sent: msgspec.Struct | IO[bytes] | None = None) -> T:
        answer = self._ask(method, path, sent)
        try:
            return msgspec.json.decode(answer, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Unreachable(f"{self.url} is no cohort's server: its answer can't be read.", _ASK) from None

    def _ask(self, method: str, path: str, sent: msgspec.Struct | IO[bytes] | None = None) -> bytes:
        """The server's answer.

        Raises:
            Unreachable: there is none within a few seconds.
            Refused: the server says no.
        """
        data = msgspec.json.encode(sent) if isinstance(sent, msgspec.Struct) else sent
        times = TIMES if data is None or isinstance(data, bytes) else UPLOAD_TIMES
        try:
            with self.session.request(
                method, self.url + path, data=data, timeout=times, allow_redirects=False, stream=True
            ) as answer:
                body = b"".join(islice(answer.iter_content(4096), MOST_ANSWER // 4096))
        except (requests.RequestException, OSError, ValueError):
            raise Unreachable(f"The cohort's server at {self.url} does not answer.", _ASK) from None
        if answer.status_code >= HTTPStatus.MULTIPLE_CHOICES:
            raise Refused(_said(body) or f"{self.url} says {answer.status_code}.", answer.status_code)
        return body


_ASK = "try again later, or ask your instructor whether `kikori cohort serve` is running"


def _said(body: bytes) -> str:
    """The server's reason, as one harmless line."""
    return " ".join(clean(body.decode("utf-8", "replace").removeprefix("kikori: "), 300).split())


def _is_near(url: str) -> bool:
    """Whether an address is on this network."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith(".local")
