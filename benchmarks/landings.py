"""What landings execute, by the rows of proofs/ and the function that decides: a prediction, without Docker.

``.venv/bin/python benchmarks/landings.py`` prints how much a landing executes that touches nothing, one lab, or the
engine, as a ratio of everything, and after how many landings every demand was executed again, though nobody records.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from msgspec.structs import replace

from kikori import paths
from kikori.content import Catalog
from kikori.prove.landing import Chosen, Known, Landing, Why, select
from kikori.prove.status import known
from kikori.settings import proof_budget

COMMITS = 50
"""Imagined histories: what is drawn differs in each."""
SPELLS = (1, 2, 3)
"""Spells of work between two landings, at most: a long pause in one of them counts as two."""
MOST = 40
"""Landings that are looked at."""
PROCESSORS = 2


def recorded() -> list[Known]:
    """Every demand with its row, as if by the engine of today."""
    demands = [one for lab in Catalog([paths.ROOT]).labs() for one in known(lab)]
    return [replace(one, engine=one.row.engine) if one.row else one for one in demands]


def cost(demands: Iterable[Known]) -> float:
    """Minutes of two processors."""
    return sum(one.cost for one in demands) / PROCESSORS / 60


def landing(commit: str, now: datetime, number: int = 0) -> Landing:
    """A landing with the budget that the environment gives."""
    return Landing(commit=commit, number=number, now=now, budget=proof_budget())


def landings_until_all(demands: list[Known], since: datetime, spells: int, number: int) -> int:
    """Count the landings that execute everything at least once; each comes after so many spells of work, at most."""
    open_ = {one.id for one in demands}
    turns, at = Random(number), since + timedelta(days=2)  # noqa: S311 - an imagined history
    turn = 100 * number
    for count in range(1, MOST):
        turn += turns.randint(1, spells)
        found = select(demands, landing(f"history {number}, landing {count}", at, turn))
        open_ -= {one.demand.id for one in found if one.why is not Why.EXPIRED}
        if not open_:
            return count
    return MOST


def row(what: str, found: list[Chosen], everything: float) -> str:
    """A line of the table."""
    minutes = cost(one.demand for one in found)
    return f"| {what} | {len(found)} | {minutes:.1f} | {minutes / everything:.2f} |"


def main() -> None:
    """Print both tables."""
    demands = recorded()
    since = max((one.row.at for one in demands if one.row), default=datetime.now(UTC))
    tomorrow = since + timedelta(days=1, hours=1)
    everything = cost(demands)
    print(f"{len(demands)} demands on {len({one.lab for one in demands})} labs; a budget of {proof_budget():.0f} s\n")
    print("| a landing that touches | demands | minutes of two processors | of everything |\n|---|---|---|---|")
    print(row("nothing", select(demands, landing("a", tomorrow)), everything))
    for lab in sorted({one.lab for one in demands}):
        edited = [replace(one, key="of the edited lab") if one.lab == lab else one for one in demands]
        must = [one for one in select(edited, landing("a", tomorrow)) if one.why is Why.MISSING]
        print(row(f"{lab}: what it must execute", must, everything))
    engine = [replace(one, engine="mended") for one in demands]
    must = [one for one in select(engine, landing("a", tomorrow)) if one.why is Why.ENGINE]
    print(row("the engine: what it must execute", must, everything))
    print(row("the engine, with the rest of the budget", select(engine, landing("a", tomorrow)), everything))
    print("\n| spells of work between landings | until every demand was executed again: median | most |\n|---|---|---|")
    for spells in SPELLS:
        needed = [landings_until_all(demands, since, spells, number) for number in range(COMMITS)]
        print(f"| {'1' if spells == 1 else f'1 to {spells}'} | {median(needed):.0f} landings | {max(needed)} |")


if __name__ == "__main__":
    main()
