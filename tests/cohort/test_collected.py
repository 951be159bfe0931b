"""The page on what is collected names every field that is sent or kept, and no other."""

from __future__ import annotations

import re

import msgspec
import pytest

from kikori import paths
from kikori.cohort.messages import (
    MOST_COMMANDS,
    MOST_TEXT,
    CheckIn,
    Consent,
    HelpRequest,
    Joining,
    Moment,
    TeamReport,
    Typed,
)
from kikori.cohort.server.inbox import MOST_FILES
from kikori.cohort.server.learners import MOST_A_MINUTE, MOST_JOINS, MOST_JOINS_TOGETHER
from kikori.cohort.server.tables import TABLES
from kikori.submission.format import MOST_BYTES

SENT: dict[str, type[msgspec.Struct]] = {
    "joining": Joining,
    "check-in": CheckIn,
    "call": HelpRequest,
    "command": Typed,
    "consent": Consent,
    "report": TeamReport,
    "moment": Moment,
}
KEPT = [table for name, table in TABLES.tables.items() if name != "settings"]


@pytest.fixture(params=["collected.md", "collected.ja.md"])
def page(request: pytest.FixtureRequest) -> str:
    return (paths.ROOT / "docs" / request.param).read_text(encoding="utf-8")


def rows(page: str) -> dict[str, list[str]]:
    """The names in the first column of each table, by the name in the table's head."""
    found: dict[str, list[str]] = {}
    for head, body in re.findall(r"^\| `([a-z-]+)` \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", page, re.MULTILINE):
        found[head] = re.findall(r"^\| `([a-z_]+)` \|", body, re.MULTILINE)
    return found


@pytest.mark.parametrize("what", SENT)
def test_every_field_that_is_sent_is_on_the_page(page: str, what: str) -> None:
    assert rows(page)[what] == list(SENT[what].__struct_fields__)


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_every_column_that_is_kept_is_on_the_page(page: str, table: object) -> None:
    assert rows(page)[table.name] == [column.name for column in table.columns]  # type: ignore[attr-defined]


def test_the_page_names_nothing_else(page: str) -> None:
    assert set(rows(page)) == {*SENT, *(table.name for table in KEPT)}


def test_the_limits_are_those_of_the_code(page: str) -> None:
    for limit in (
        MOST_A_MINUTE,
        MOST_JOINS,
        MOST_JOINS_TOGETHER,
        MOST_COMMANDS,
        MOST_TEXT,
        MOST_FILES,
        MOST_BYTES // 2**20,
    ):
        assert re.search(rf"(?<!\d){limit}(?!\d)", page.replace(",", "")), limit
