"""Lint knows, without Docker, which labs have no valid record."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kikori.content import Catalog
from kikori.lint import Finding, lint
from kikori.prove import ledger
from kikori.prove.plan import plan_of
from kikori.prove.proof import Demand, Proof
from kikori.prove.status import keys_of

RULE = "proof-recorded"


def found(content: Path) -> list[Finding]:
    return [one for one in lint(Catalog([content]), ["first-look"], tool=None).findings if one.rule == RULE]


def record(content: Path) -> Path:
    lab = Catalog([content]).lab("first-look")
    now = datetime.now(UTC).replace(microsecond=0)
    demands = tuple(Demand(lab=lab.id, name=name, met=True, seconds=1, processor=1, at=now) for name in plan_of(lab))
    proof = Proof(lab=lab.id, content="", seed=1, demands=demands)
    return ledger.record(lab, proof, keys=keys_of(lab), engine="whichever", docker="26")


def test_where_no_proofs_are_kept_none_is_missed(content: Path) -> None:
    assert found(content) == []


def test_a_lab_without_a_record_is_told(content: Path) -> None:
    (content / "proofs").mkdir()
    (one,) = found(content)
    assert "were never recorded" in one.message
    assert one.fix == "kikori lab prove first-look --changed --record"


def test_a_recorded_lab_is_well_until_it_changes(content: Path, lab: Path) -> None:
    file = record(content)
    assert found(content) == []
    with (lab / "compose.yaml").open("a") as compose:
        compose.write("# more\n")
    (one,) = found(content)
    assert (one.file, one.lab) == (str(file), "first-look")
    assert "0 were never recorded, 59 of the lab as it was" in one.message


def test_a_damaged_record_is_told(content: Path) -> None:
    record(content).write_text("[demands")
    (one,) = found(content)
    assert "not valid TOML" in one.message
