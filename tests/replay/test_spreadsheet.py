"""What a spreadsheet opens holds no formula, however a stranger writes it."""

from __future__ import annotations

import csv
import io

import pytest

from kikori.replay.verdict import Row, Verdict
from kikori.review.batch import csv_of
from kikori.review.gradebook.spreadsheet import cell

BEFORE = ["", " ", "\t", "\n", "\r\n", "\x0b", "\u3000", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x00", " \n "]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣−⁺⁼")
@pytest.mark.parametrize("before", BEFORE, ids=ascii)
def test_a_formula_is_quoted_whatever_stands_before_it(before: str, sign: str) -> None:
    text = f"{before}{sign}1+1"
    quoted = str(cell(text))
    assert quoted.replace("'", "") == text
    assert quoted[: quoted.index(sign)].strip().startswith("'")
    assert quoted.startswith("'")


@pytest.mark.parametrize("between", [";", "\t", "\n", "\r", "\n ", "; ", ';"', "\u2028"], ids=ascii)
def test_a_formula_is_quoted_where_another_language_begins_a_cell(between: str) -> None:
    """Where a comma is the decimal sign, the cells of a table end at semicolons, and quotes hold none together."""
    assert f"{between[0]}'" in str(cell(f"a{between}=1+1"))


def test_each_line_of_a_text_is_looked_at() -> None:
    assert cell("a\n\n=1\n=2") == "a\n\n'=1\n'=2"


@pytest.mark.parametrize(
    "text", ["ada", "404: no page", "(none)", "山田", "「直した」", "a - b = c", "x@example.com", "", "#1"]
)
def test_other_texts_stay(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("value", [1, -1, 2.5, None, True])
def test_numbers_stay(value: object) -> None:
    assert cell(value) == value


def test_a_row_of_a_review_holds_no_formula() -> None:
    row = Row(file="\n=1", verdict=Verdict.VERIFIED, learner="＝1", reason=" @1", senders=("-1",))
    (read,) = csv.DictReader(io.StringIO(csv_of((row,)), newline=""))
    assert [read[name] for name in ("file", "learner", "reason", "senders")] == ["'\n'=1", "'＝1", "' @1", "'-1"]
