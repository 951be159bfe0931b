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

pytestmark = pytest.mark.slow


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


def test_a_track_is_told_in_its_order_with_what_is_done(kikori: Kikori, kept: Kept) -> None:
    kept(id="silent-exit-000001", lab="silent-exit", stage=Stage.STOPPED, submitted="/x.kikori")
    kept(stage=Stage.STOPPED, submitted="/y.kikori")
    told = json.loads(kikori("list", "--track", "two-weeks", "--json").stdout)
    assert list(told) == ["track", "title", "unit", "sessions", "done", "labs", "next"]
    assert list(told["sessions"][0]) == ["number", "title", "minutes", "rows"]
    rows = [row for session in told["sessions"] for row in session["rows"]]
    assert list(rows[0]) == ["session", "module", "pages", "lab", "title", "minutes", "state"]
    assert [(row["session"], row["lab"], row["state"]) for row in rows if row["lab"]][:3] == [
        (1, "first-look", "done"),
        (2, "silent-exit", "done"),
        (3, "slow-stop", ""),
    ]
    assert [row["pages"] for row in rows if row["module"] == "linux/looking-into-the-kernel"] == [
        ["why", "how", "why-again"]
    ]
    assert (told["done"], told["labs"], told["next"]) == (2, 10, "kikori start slow-stop")


def test_a_track_whose_lab_runs_leads_to_that(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.BROKEN)
    told = json.loads(kikori("list", "--track", "on-call-next-month", "--json").stdout)
    assert (told["done"], told["next"]) == (0, "kikori status")
    assert [row["state"] for row in told["sessions"][0]["rows"] if row["lab"]] == ["broken"]


def test_a_submitted_lab_is_done_also_while_it_runs(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED, submitted="/y.kikori")
    told = json.loads(kikori("list", "--track", "two-weeks", "--json").stdout)
    assert (told["done"], told["next"]) == (1, "kikori start silent-exit")


def test_a_lab_outside_of_the_track_changes_nothing_in_it(kikori: Kikori, kept: Kept) -> None:
    kept(id="fat-image-000001", lab="fat-image", stage=Stage.STOPPED, submitted="/x.kikori")
    told = json.loads(kikori("list", "--track", "containers-day", "--json").stdout)
    assert (told["done"], told["next"]) == (0, "kikori start silent-exit")


def test_a_track_for_people(kikori: Kikori) -> None:
    shown = kikori("list", "--track", "slo-day", "--lang", "ja").stdout
    assert "SLO を学ぶ1日" in shown
    assert "first-slo" in shown
    assert "1回目" in shown
    assert "ラボ1件のうち0件が済み" in shown
    assert shown.rstrip().endswith("./kikori start first-slo")


def test_tracks(kikori: Kikori) -> None:
    told = json.loads(kikori("list", "--tracks", "--json").stdout)["tracks"]
    assert list(told[0]) == ["id", "title", "summary", "unit", "sessions", "minutes"]
    assert (told[0]["id"], told[0]["sessions"]) == ("two-weeks", 10)
    shown = kikori("list", "--tracks").stdout
    assert all(one["title"] in shown and one["id"] in shown for one in told)


def test_an_unknown_track_is_answered_with_the_known_ones(kikori: Kikori) -> None:
    said = kikori("list", "--track", "evening")
    assert said.returncode == 2
    assert "There is no track called 'evening'; there are: two-weeks, evenings," in said.stderr
    assert "Did you mean 'evenings'?" in said.stderr
    assert "./kikori list --tracks" in kikori("list", "--track", "zzz").stderr


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
