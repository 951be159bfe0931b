"""Tell a review of another attempt's quarter, of which each cell would be wrong for a reason that is not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import values
from filled_form.alone import alone

if TYPE_CHECKING:
    from filled_form.reader import Form, Row
    from truth import Truth

FEWEST = 3
"""How many records a review cites at least, before they say whose it is."""


def is_of_another_quarter(review: Form, truth: Truth) -> bool:
    """Tell whether most sums and most records of a review are not this quarter's."""
    shares = [_has_share(row, truth) for row in review.tables["quarter"] if values.number(row.cells["sli"], "sli")]
    cited = [one for row in review.tables["decisions"] for one in _cites(row, truth)]
    return len(cited) >= FEWEST and 2 * sum(cited) < len(cited) and 2 * sum(shares) < len(shares)


def _has_share(row: Row, truth: Truth) -> bool:
    """Whether a row has the SLI of its objective."""
    name, seen = _name(row), values.number(row.cells["sli"], "sli") or 0.0
    is_counted = name in truth.names and truth.counted(name).valid > 0
    return is_counted and values.is_writing_of(seen, truth.sli(name), 2)


def _cites(row: Row, truth: Truth) -> list[bool]:
    """Of each record that a decision cites, whether it is one of its objective."""
    cited, _ = values.evidence(row.cells["evidence"]) or ([], [])
    return [truth.records.get(one) == _name(row) for one in cited]


def _name(row: Row) -> str:
    return alone(row.cells["name"]).replace(" ", "-")
