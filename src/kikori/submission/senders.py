"""Who sent the files of a cohort's inbox: a list beside them, since a file says of itself whatever its maker wants.

The list is sealed with a key that this computer keeps to itself, since a folder that was handed in may hold one, too.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from kikori.attempts.atomic_files import write_whole
from kikori.model.record import Record
from kikori.submission.cohort_key import cohort_of, is_given, known_key, own_key
from kikori.visible_text import doubtful_names, same_name

FILE = "senders.json"
"""In the folder of the files; says of each file's name who sent it."""
DOUBTS = {
    "sender": "somebody else sent it",
    "unsent": "it is not known who sent it, unlike others here",
    "seed": "its seed is not the one that the cohort gave",
    "origins": "files of several attempts or senders have this name and lab",
    "name": "the name looks like another one, or hides or mixes letters",
}
"""Why whose a file is may be asked, the strongest first."""


class Sealed(Record):
    """The list as it is kept."""

    senders: dict[str, str]
    seal: str


def keep_senders(folder: Path, senders: Mapping[str, str]) -> None:
    """Write down who sent what, in place of what was written before."""
    if senders:
        sealed = Sealed(senders=dict(senders), seal=_seal(senders, own_key()))
        write_whole(folder / FILE, msgspec.json.encode(sealed))
    else:
        (folder / FILE).unlink(missing_ok=True)


def _seal(senders: Mapping[str, str], key: bytes) -> str:
    return hmac.new(key, msgspec.json.encode(senders, order="deterministic"), hashlib.sha256).hexdigest()


class Senders:
    """The lists beside some files, each read once."""

    def __init__(self) -> None:
        self.lists: dict[Path, dict[str, str]] = {}
        self.strange: list[Path] = []
        """Lists that are not this computer's own."""

    def of(self, *files: Path) -> tuple[str, ...]:
        """Who sent these; nobody where that is not known."""
        return tuple(sorted({name for file in files if (name := self._list(file.parent).get(file.name))}))

    def _list(self, folder: Path) -> dict[str, str]:
        if folder not in self.lists:
            self.lists[folder] = self._read(folder / FILE)
        return self.lists[folder]

    def _read(self, file: Path) -> dict[str, str]:
        """Read a list that this computer's own server wrote; nobody is named by any other."""
        try:
            found = msgspec.json.decode(file.read_bytes(), type=Sealed)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            found = Sealed(senders={}, seal="")
        key = known_key()
        if key and hmac.compare_digest(found.seal.encode(), _seal(found.senders, key).encode()):
            return found.senders
        self.strange.append(file)
        return {}


def strangers(learner: str, senders: Iterable[str]) -> tuple[str, ...]:
    """Those of the senders who have another name than the learner."""
    return tuple(name for name in senders if same_name(name) != same_name(learner))


def origin(senders: Iterable[str], attempt: str) -> tuple[str, ...]:
    """What tells submissions of one name apart: who sent them, else the attempt that they come from."""
    return tuple(sorted({*map(same_name, senders)})) or (attempt,)


class Claim(Record):
    """Whose a file is by its own word, and what is known of that."""

    learner: str = ""
    lab: str = ""
    attempt: str = ""
    senders: tuple[str, ...] = ()
    seed: int | None = None
    cohort: str = ""
    number: int = 0


def claim_of(told: Record | None, senders: tuple[str, ...]) -> Claim:
    """Read whose a submission is from its manifest or row; nobody's where there is none."""
    claim = msgspec.convert(told, Claim, from_attributes=True) if told else Claim()
    return msgspec.structs.replace(claim, senders=senders)


def doubts_of(claims: Sequence[Claim]) -> list[tuple[str, ...]]:
    """Find for each file of a folder why whose it is may be asked; the words of ``DOUBTS``."""
    origins: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for one in claims:
        origins[one.learner, one.lab].add(origin(one.senders, one.attempt))
    names = doubtful_names(one.learner for one in claims if one.learner)
    known, key = any(one.senders for one in claims), known_key()
    return [
        (*_doubts(one, known, len(origins[one.learner, one.lab]), names), *_doubts_of_seed(one, known, key))
        for one in claims
    ]


def _doubts_of_seed(one: Claim, known: bool, key: bytes) -> Iterator[str]:
    """Doubt a seed that is not this learner's, where the secret of the cohort is at hand.

    Whatever lies beside files that the cohort's server took in has to have one; elsewhere, what says that it has.
    """
    if not one.learner or not key or not (known or one.cohort == cohort_of(key)):
        return
    if not is_given(key, one.learner, one.lab, one.cohort, one.number, one.seed):
        yield "seed"


def _doubts(one: Claim, known: bool, origins: int, names: Iterable[str]) -> Iterator[str]:
    if one.learner and strangers(one.learner, one.senders):
        yield "sender"
    if known and not one.senders:
        yield "unsent"
    if one.learner and origins > 1:
        yield "origins"
    if one.learner in names:
        yield "name"
