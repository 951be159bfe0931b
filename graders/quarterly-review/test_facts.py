"""Is what the prose tells as a fact so in the records?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import claims
import pytest
from verdicts import last_number, verdict

from conftest import rows_of
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]


def test_facts(review: Form, truth: Truth) -> None:
    """What summary and reasons tell as a fact is so in the records and in the tables.

    ja: 要約と理由が事実として述べることは、記録と表のとおりである。
    """
    rows = rows_of(review, "decisions", truth)
    decided = {
        name: (verdict(row.cells["verdict"]), next(iter(last_number(row.cells["change"])), 0.0))
        for name, row in rows.items()
    }
    known = truth.owners_of_records("")
    for line in (*review.parts["summary"], *review.parts["unseen"]):
        strange = claims.unknown_record(line.text, known)
        assert not strange, reason("no-such-record", line=line.number, number=strange)
    summary = " ".join(line.text for line in review.parts["summary"])
    count = claims.false_count(summary, truth)
    assert not count, reason("summary-count", seen=quoted(count))
    clause = claims.false_clause(summary, truth, decided)
    assert not clause, reason("summary-clause", seen=quoted(clause))
    for name, row in rows.items():
        why = row.cells["why"]
        strange = claims.unknown_record(why, known)
        assert not strange, reason("no-such-record", line=row.line, number=strange)
        number = claims.false_reason(why, name, truth, decided[name][1])
        assert not number, reason("why-number", line=row.line, objective=name, seen=number)
