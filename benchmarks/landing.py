"""How long `./kikori test` takes as a landing in a day from now: the real thing, with tomorrow's clock.

``.venv/bin/python benchmarks/landing.py [nothing | engine | LAB]`` runs the whole suite and the demands that are due
when nothing, the engine or one lab was touched, and prints minutes, and seconds of wall as a ratio of the seconds of
processor that all demands together cost by their rows.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta, tzinfo

from msgspec.structs import replace

from kikori import paths, selftest
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.model import Lab
from kikori.prove.landing import Known
from kikori.prove.status import known


class Tomorrow(datetime):
    """A clock that is a day and an hour ahead: rows of today count."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Say what the clock will say."""
        return datetime.now(tz) + timedelta(days=1, hours=1)


def touched(lab: Lab, what: str) -> list[Known]:
    """A lab's demands after a change, as if recorded by the engine of today."""
    demands = [replace(one, engine=one.row.engine) if one.row else one for one in known(lab)]
    if what == "engine":
        return [replace(one, engine="mended") for one in demands]
    return [replace(one, key="edited") if lab.id == what else one for one in demands]


def files(what: str) -> list[str]:
    """Say which files such a landing touches."""
    return {"nothing": [], "engine": ["src/kikori/prove/demands.py"]}.get(what, [f"labs/{what}/lab.toml"])


def main() -> None:
    """Print the numbers after the suite's own output."""
    what = sys.argv[1] if len(sys.argv) > 1 else "nothing"
    labs = Catalog([paths.ROOT]).labs()
    everything = sum(one.cost for lab in labs for one in known(lab))
    selftest.datetime = Tomorrow  # type: ignore[misc]
    selftest._known = lambda lab: touched(lab, what)
    selftest.touched = lambda: files(what)
    began = time.monotonic()
    suite = selftest.selftest(selftest.Asked(), Silent(), lambda one: print(one.lab, one.name, one.seconds, one.breach))
    seconds = time.monotonic() - began
    executed = sum(suite.reasons.values())
    cost = sum(one.processor for proof in suite.proofs.proofs for one in proof.demands) if suite.proofs else 0.0
    print(f"\n{what} touched: exit code {suite.exit_code:d}, {executed} demands executed for {cost:.0f} s of processor")
    print(f"{seconds / 60:.1f} minutes, {seconds / everything:.2f} of the processor's seconds of all demands")


if __name__ == "__main__":
    main()
