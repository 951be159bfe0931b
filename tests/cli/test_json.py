"""The names in the JSON of commands: what scripts rely on."""

from __future__ import annotations

import json

import msgspec
import pytest

from kikori.cli import app
from kikori.engine import Service
from kikori.learner.check import Checked
from kikori.learner.status import LabRow, Standing
from kikori.model import Report, Stage
from terminal_user import Kikori

from .conftest import Kept


def test_list(kikori: Kikori) -> None:
    said = kikori("list", "--json")
    assert said.returncode == 0
    (row, *_) = json.loads(said.stdout)["labs"]
    assert list(row) == ["id", "course", "module", "kind", "level", "minutes", "title", "state", "measured"]
    assert (row["id"], row["kind"], row["state"]) == ("first-look", "repair", "")


def test_list_says_how_far_the_learner_is(kikori: Kikori, kept: Kept) -> None:
    kept(id="silent-exit-000001", lab="silent-exit", stage=Stage.STOPPED, submitted="/x.kikori")
    kept(stage=Stage.BROKEN)
    labs = json.loads(kikori("list", "--json").stdout)["labs"]
    states = {row["id"]: row["state"] for row in labs if row["state"]}
    assert states == {"first-look": "broken", "silent-exit": "done"}


def test_status_without_an_attempt(kikori: Kikori) -> None:
    said = kikori("status", "--json")
    assert said.returncode == 0
    assert json.loads(said.stdout) == {"attempts": [], "next": "kikori start first-look"}


def test_task(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.HEALTHY)
    said = json.loads(kikori("task", "--json").stdout)
    assert list(said) == ["lab", "markdown", "next"]
    assert said["next"] == "kikori break"


def test_hint(kikori: Kikori, kept: Kept) -> None:
    kept(fault="half-edit")
    said = json.loads(kikori("hint", "--json").stdout)
    assert list(said) == ["lab", "number", "of", "text"]
    assert said["number"] == 1


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        (LabRow, "id course module kind level minutes title state measured"),
        (Standing, "attempt lab stage paused services workspace minutes hints explained submitted next"),
        (Service, "name state addresses exit_code"),
        (Checked, "lab passed report after_restart explained next moved edited dispute"),
        (Report, "lab at checks after_restart seconds format"),
    ],
)
def test_keys_of_a_record(record: type[msgspec.Struct], keys: str) -> None:
    assert " ".join(record.__struct_fields__) == keys


def test_japanese_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    app._print_json(Service(name="注文", state="healthy"))
    assert '"注文"' in capsys.readouterr().out
