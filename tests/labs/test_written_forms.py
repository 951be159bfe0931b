"""The labs of kind write: the form has all that its reader asks for, the example adds up, each draw can be solved."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, modules_of

PACKAGES = {
    "mission-statement": "drawn_letters",
    "growth-plan": "drawn_year",
    "quarterly-review": "drawn_quarter",
    "design-for-others": "drawn_house",
}
"""The labs whose forms are read alike, and what draws the papers of each."""
pytestmark = pytest.mark.stands_on(*PACKAGES, code=STANDS_ON)
LANGUAGES = (".md", ".ja.md")
SUMS = ("there", "promised", "missing", "later")
HOURS = ("planned", "freed", "left", "weeks", "hours", "occasions", "problems", "again")
NUMBERS = range(1000, 9999, 211)
"""Numbers of which the papers are drawn."""


@contextmanager
def modules(lab: str) -> Iterator[None]:
    """What a grader imports; forgotten afterwards, as others have such names."""
    places = [paths.ROOT / place for place in (f"graders/{lab}", "labs/_images/paper")]
    places += [file.parents[1] for file in (paths.ROOT / "labs" / lab / "images").glob("*/*/tell.py")]
    with modules_of(*places):
        yield


@pytest.fixture(params=PACKAGES)
def lab(request: pytest.FixtureRequest) -> Iterator[str]:
    with modules(request.param):
        yield request.param


@pytest.fixture
def quarter() -> Iterator[ModuleType]:
    with modules("quarterly-review"):
        yield import_module("truth")


@pytest.fixture
def house() -> Iterator[ModuleType]:
    with modules("design-for-others"):
        yield import_module("truth")


def drawn(lab: str, number: int) -> dict[str, str]:
    found: dict[str, str] = import_module(f"{PACKAGES[lab]}.tell").drawn(number)
    return found


def text_of(lab: str, name: str) -> str:
    return Path(paths.ROOT / "labs" / lab / "workspace" / name).read_text(encoding="utf-8")


def filled(text: str) -> str:
    """A form with a word in each of its empty tables, so that only their columns are asked about."""
    return "\n".join(
        f"{line}\n{line.replace('---', 'x')}" if set(line) <= set("|-") and line.count("|") > 3 else line
        for line in text.splitlines()
    )


def read(lab: str, name: str) -> Any:
    text = text_of(lab, name)
    shown = text if name.startswith("example") else filled(text)
    return import_module("filled_form.reader").read(name, shown, import_module("words").SHAPE)


@pytest.mark.parametrize("place", [0, 1])
def test_empty_form_has_all_parts_and_is_not_begun(lab: str, place: int) -> None:
    name = import_module("conftest").FILES[place]
    assert not import_module("filled_form.reader").is_begun(text_of(lab, name), import_module("words").SHAPE)
    assert read(lab, name)


@pytest.mark.parametrize("ending", LANGUAGES)
def test_the_example_can_be_read_and_is_begun(lab: str, ending: str) -> None:
    assert import_module("filled_form.reader").is_begun(text_of(lab, f"example{ending}"), import_module("words").SHAPE)
    assert read(lab, f"example{ending}")


def test_the_same_number_gives_the_same_papers(lab: str) -> None:
    assert drawn(lab, 4711) == drawn(lab, 4711) != drawn(lab, 4712)
    assert all(text.strip() for text in drawn(lab, 4711).values())


@pytest.mark.parametrize("ending", LANGUAGES)
def test_akaris_sums_follow_from_its_answers(ending: str) -> None:
    with modules("mission-statement"):
        example = read("mission-statement", f"example{ending}")
        number, cited = import_module("conftest").the_number, import_module("values").cited
        said = {name: number(line, (name, "値")) for name, line in example.lists["price"].items() if name in SUMS}
        for column, name in (("now", "promised"), ("later", "later")):
            assert sum(number(row.cell(column), (name, "値")) for row in example.tables["answers"]) == said[name]
        assert said["there"] + said["missing"] == said["promised"]
        named = [cited(block.fields["by"].text) for block in example.blocks["decisions"]]
        assert len(named) == 3
        assert all(one and one <= import_module("form").sentences(example).keys() for one in named)


@pytest.mark.parametrize("ending", LANGUAGES)
def test_signes_hours_are_freed_before_they_are_planned(ending: str) -> None:
    with modules("growth-plan"):
        example = read("growth-plan", f"example{ending}")
        number = partial(import_module("conftest").the_number, example)
        rows = import_module("words").SHAPE.lists
        said = {
            name: number(line, rows[part][name])
            for part in ("sum", "next", "year")
            for name, line in example.lists[part].items()
            if name in HOURS
        }
        assert said["planned"] == sum(number(row.cell("hours"), ("", "値")) for row in example.tables["steps"])
        assert said["freed"] - said["planned"] == said["left"]
        kinds = [row for row in example.tables["steps"] if row.cells["kind"] in ("problem", "問題")]
        assert said["weeks"] * said["hours"] == sum(number(row.cell("hours"), ("", "値")) for row in kinds)
        assert said["occasions"] - said["problems"] == said["again"]


SHOWN = "# Mine\n\n## Told\n\nSomething.\n\n## Values\n\n- One: 1\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SHOWN.replace("Something", "~~Something~~"), 5),
        (SHOWN.replace("1\n", "<b>1</b>\n"), 9),
        (SHOWN.replace("## Values", "```\n## Values"), 7),
        ("```\nmine\n~~~\n" + SHOWN, 6),
        (SHOWN.replace("Something", "x" * 5000), 5),
        (SHOWN + "- One: 2\n", 10),
        (SHOWN + "\n## Told\n", 11),
        (SHOWN + "\nTold\n----\n", 11),
        (SHOWN.replace("- One: 1", "    | One | 1 |"), 9),
        (SHOWN.replace("- One: 1", "\t| One | 1 |"), 9),
        (SHOWN.replace("- One: 1", "- Two:\n\n        | One | 1 |"), 11),
        (SHOWN.replace(": 1", ": \u202e1\u202c"), 9),
        (SHOWN.replace("# Mine", "# Mi\u200bne"), 1),
        (SHOWN.replace("Something", "Some\u00adthing"), 5),
        (SHOWN.replace("Something", "Some\u200dthing"), 5),
        (SHOWN.replace("Something", "\ufeffSomething"), 5),
        (SHOWN.replace(": 1", ": 1\ufe0f"), 9),
        (SHOWN.replace("Something", "Something\U000e0067"), 5),
        (SHOWN.replace("Something", "Something\u3164"), 5),
        (SHOWN.replace("Something", "Something\ue000"), 5),
        (SHOWN.replace("Something", "Some\u2028thing"), 5),
        (SHOWN + "\n<!-- \u2066 -->\n", 11),
    ],
)
def test_what_is_not_as_it_looks_is_refused_with_its_line(text: str, line: int) -> None:
    with modules("mission-statement"):
        reader = import_module("filled_form.reader")
        shape = reader.Shape({"told": ("told",), "values": ("values",)}, {}, {"values": {"one": ("one",)}}, "told")
        with pytest.raises(reader.Unreadable, match=f"line {line}:") as found:
            reader.read("mine.md", text, shape)
        assert f"{line}行目" in found.value.ja


@pytest.mark.parametrize(
    ("heads", "why"),
    [("| One | One |", "more than once"), ("| One | the one |", "more than once"), ("| One | Mine |", "of its own")],
)
def test_a_column_that_is_not_the_forms_is_refused_with_its_line(heads: str, why: str) -> None:
    with modules("mission-statement"):
        reader = import_module("filled_form.reader")
        shape = reader.Shape({"told": ("told",)}, {"told": {"one": ("one", "the one")}}, {}, "told")
        with pytest.raises(reader.Unreadable, match=rf"line 3: .* {why}"):
            reader.read("mine.md", f"## Told\n\n{heads}\n|---|---|\n| 1 | 2 |\n", shape)


@pytest.mark.parametrize(
    "text",
    [
        SHOWN,
        SHOWN.replace("- One: 1", "| One | 1 |"),
        SHOWN.replace("- One: 1", "| Value | What |\n|---|---|\n| 1 | One |"),
        SHOWN.replace("- One: 1", "**One**：1"),
        SHOWN.replace("- One: 1", "1. ONE: 1\n\nTwo more words."),
        SHOWN.replace("- One: 1", "・One：1\n- Two: 2"),
        SHOWN.replace("- One: 1", "- One:\n  - 1"),
        SHOWN.replace("## Values", "---\n\n## Values"),
        SHOWN.replace("- One: 1", "One: 1"),
        SHOWN + "\n## Mine\n\n```\n<b>~~\n```\n",
        "## Values\n\n- One: 1\n\n### Told\n\nSomething.\n",
        SHOWN.replace("# Mine", "Mine\n===="),
        SHOWN.replace("## Told", "Told\n----").replace("## Values", "Values\n--"),
        SHOWN.replace("# Mine\n\n## Told", "Mine\n====\nTold\n----"),
        SHOWN.replace("# Mine", "---\nvalues: of mine\n---\n\n# Mine"),
        SHOWN.replace("# Mine", "```\nTold\n----\n```"),
        "\ufeff" + SHOWN,
        SHOWN.replace("- One: 1", "   | One | 1 |"),
        SHOWN.replace("- One: 1", "- Two:\n\n    | One | 1 |"),
        SHOWN.replace("- One: 1", "\u3000One：1"),
        SHOWN + "\n\u26a0\ufe0f \U0001f469\u200d\U0001f4bb \u845b\U000e0100\u57ce 1\ufe0f\u20e3 e\u0301\n",
    ],
)
def test_a_value_is_read_in_many_hands(text: str) -> None:
    with modules("mission-statement"):
        reader = import_module("filled_form.reader")
        shape = reader.Shape({"told": ("told",), "values": ("values",)}, {}, {"values": {"one": ("one",)}}, "told")
        found = reader.written({"a.md": "", "b.md": text}, shape)
        assert found.file == "b.md"
        assert found.text("told") == "Something."
        assert found.lists["values"]["one"].text == "1"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mine\n====\n", "Mine"),
        ("# Mine\n----\n", "Mine"),
        ("  Mine of 2026  \n   =\n", "Mine of 2026"),
        ("A line\nand one more\n====\n", ""),
        ("| Mine |\n====\n", ""),
        ("- Mine\n====\n", ""),
        ("Mine\n\n====\n", ""),
        ("```\nMine\n====\n```\n", ""),
    ],
)
def test_a_first_heading_may_be_underlined(text: str, title: str) -> None:
    with modules("mission-statement"):
        reader = import_module("filled_form.reader")
        shape = reader.Shape({"told": ("told",)}, {}, {}, "told")
        assert reader.read("mine.md", f"{text}\n## Told\n\nSomething.\n---\nMore.\n", shape).title == title


BELOW = SHOWN.replace("- One: 1", "| One | 1 |\n| Two | 2 |")


@pytest.mark.parametrize(
    "text",
    [
        BELOW + "\nOne: 3 of 4.\n",
        BELOW + "\nIt is so.\nOne: 3 of 4.\n",
        BELOW + "\n**One**: 3 of 4.\n\nTwo：two of them.\n",
        BELOW + "\n### A note\nOne: 3 of 4.\n",
        BELOW.replace("| One | 1 |\n| Two | 2 |", "- One: 1\n- Two: 2") + "\nOne: 3 of 4.\n",
    ],
)
def test_a_paragraph_below_all_values_is_words(text: str) -> None:
    with modules("mission-statement"):
        reader = import_module("filled_form.reader")
        values = {"one": ("one",), "two": ("two",)}
        shape = reader.Shape({"told": ("told",), "values": ("values",)}, {}, {"values": values}, "told")
        found = reader.read("mine.md", text, shape).lists["values"]
        assert [line.text for line in found.values()] == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        BELOW + "One: 3\n",
        BELOW + "\n- One: 3\n",
        BELOW + "\n| One | 3 |\n",
        BELOW + "\n  One: 3\n",
        BELOW + "\nIt is so.\n- One: 3\n",
        BELOW.replace("| One | 1 |", "| One | 1 |\n\nOne: 3\n"),
        BELOW.replace("| One | 1 |\n| Two | 2 |", "One: 1\nTwo: 2\n\nOne: 3"),
        BELOW.replace("| One | 1 |\n| Two | 2 |", "- One: 1\n- Two: 2\nOne: 3"),
    ],
)
def test_a_second_value_in_a_fields_own_place_is_refused(text: str) -> None:
    with modules("mission-statement"):
        reader = import_module("filled_form.reader")
        values = {"one": ("one",), "two": ("two",)}
        shape = reader.Shape({"told": ("told",), "values": ("values",)}, {}, {"values": values}, "told")
        with pytest.raises(reader.Unreadable, match="a second time"):
            reader.read("mine.md", text, shape)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        *(("17 Sept 2027", 17), ("17 Sept. 2027", 17), ("Sept 17, 2027", 17), ("17. Sept", 0), ("3 Sep. 2027", 3)),
        *(("3 Septem 2027", 0), ("3 Septs 2027", 0), ("Sept 2027", 0), ("Sept3", 0), ("17 Sept", 17)),
    ],
)
def test_a_month_may_be_cut_as_people_cut_it(cell: str, wanted: int) -> None:
    with modules("mission-statement"):
        found = import_module("filled_form.alone").day(cell, date(2027, 7, 5))
        assert found == (date(2027, 9, wanted) if wanted else None)


def test_each_quarter_has_a_missed_number_that_may_go_and_one_that_may_not(
    quarter: ModuleType,
) -> None:
    for number in NUMBERS:
        found = quarter.Truth(number)
        missed = [name for name in found.names if found.is_missed(name)]
        parts = {found.quarter.parts[name]: name for name in missed}
        assert set(parts) == {"borne", "loud"}, number
        borne, loud, weeks = parts["borne"], parts["loud"], list(range(12, 28))
        least = max(found.target(borne).accepts.values())
        assert len(found.borne(borne, least, weeks)) >= quarter.BORNE
        assert least <= found.most(borne) < found.target(borne).objective
        assert not found.borne(loud, found.target(loud).objective - 0.1, weeks)
        assert not found.borne("tracking", found.target("tracking").objective - 0.1, weeks)
        assert found.target(loud).objective < min(found.floor(loud))


def test_no_number_of_a_quarter_lies_at_a_limit_of_the_sorting(quarter: ModuleType) -> None:
    for number in NUMBERS:
        found = quarter.Truth(number)
        for name in found.names:
            if found.counted(name).valid:
                assert all(abs(found.used(name) - limit) > 1 for limit in (quarter.AMPLE, quarter.WHOLE)), (
                    number,
                    name,
                )
                assert abs(found.loudness(name) - quarter.LOUD) > 0.05, (number, name)


def test_a_quarter_is_told_as_it_was_drawn(quarter: ModuleType) -> None:
    files = drawn("quarterly-review", 4711)
    found = quarter.Truth(4711)
    for line in files["weeks.csv"].splitlines()[1:]:
        week, name, *counts = line.split(",")
        assert tuple(map(int, counts)) == tuple(found.target(name).weeks[int(week[1:])])


def test_every_place_of_a_setting_wins_once(house: ModuleType) -> None:
    for number in NUMBERS:
        facts = house.Truth(number).facts
        assert {facts[name][1] for name in ("port", "metrics", "data", "at_once")} == {
            "tally.py",
            "tally.toml",
            "tally.service",
            "override.conf",
        }


def test_what_no_longer_holds_stands_in_the_old_document(house: ModuleType) -> None:
    for number in NUMBERS:
        old, facts = drawn("design-for-others", number)["README-2024.md"], house.Truth(number).facts
        for told in (f"port {facts['port'][0]},", f"metrics at {facts['metrics'][0]},", f"data is {facts['data'][0]}."):
            assert told not in old, number


@pytest.mark.slow
def test_the_drawn_program_is_one_and_does_what_is_told(house: ModuleType) -> None:
    marks = {"stops": "os._exit", "stale": "those of last time", "refuses": "return None", "open": "return True"}
    marks |= {"waits": '"/spool"', "loses": "is gone"}
    for number in NUMBERS:
        program = drawn("design-for-others", number)["tally.py"]
        ast.parse(program)
        effects = {need.effect for need in house.Truth(number).house.needs.values()}
        assert {effect for effect, mark in marks.items() if mark in program} == effects, number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We carry no pager. We build nothing. Nights are theirs.", 3),
        ("Teams run what they build, e.g. at 3 a.m. on a Sunday; we teach", 1),
        ("夜に眠れる。鳴ったものは、ここに来る。", 2),
        ("「すぐ直す。必ず直す。」と言えるチームを増やす。", 1),
    ],
)
def test_sentences_of_a_mission_are_counted(text: str, wanted: int) -> None:
    with modules("mission-statement"):
        assert import_module("form").sentences_in(text) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("yes", True),
        ("**No.**", False),
        ("`yes`.", True),
        ("__no__", False),
        ("はい", True),
        ("いいえ。", False),
        ("yes, in the autumn", None),
        ("yes (perhaps)", None),
        ("no, but in fact yes", None),
        ("はい、2人の採用が決まり次第", None),
        ("later", None),
        ("", None),
    ],
)
def test_an_answer_is_one_word(cell: str, wanted: bool | None) -> None:
    with modules("mission-statement"):
        assert import_module("filled_form.alone").answer(cell) is wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("47", 47),
        ("４７日", 47),
        ("47.0 days", 47),
        ("1 day", 1),
        ("2,5 days", 2.5),
        ("about 47 days", None),
        ("約47日", None),
        ("47 days (46 if Rin is ill)", None),
        ("47 or 46", None),
        ("47 %", None),
        ("-20", None),
        ("**47**", 47),
        ("**47** days", 47),
        ("**47**日", 47),
        ("`47` days", 47),
        ("_47_ **days**", 47),
        ("**`47`** days", 47),
        ("1,**200** days", 1200),
        ("**47 days", None),
        ("47 days*", None),
        ("*4*7", None),
        ("`*47*`", None),
        ("~~47~~ 46", None),
        ("**47** (**46**)", None),
        ("\u0664\u0667", None),
        ("47*", None),
        ("4*7", None),
        ("4⁷", None),
        ("47 days too few", None),
        ("1,200 days", 1200),
        ("12,345.5", 12345.5),
        ("1,2003", None),
        ("1.200.000", None),
        ("", None),
    ],
)
def test_a_number_stands_alone(cell: str, wanted: float | None) -> None:
    with modules("mission-statement"):
        assert import_module("filled_form.alone").amount(cell, import_module("values").DAYS) == wanted


def test_a_share_has_its_own_unit() -> None:
    with modules("mission-statement"):
        amount, percent = import_module("filled_form.alone").amount, import_module("values").PERCENT
        said = [amount(cell, percent) for cell in ("42", "42.5 %", "42％", "42 ‰", "42 days", "42 % or so")]
        assert said == [42, 42.5, 42, None, None, None]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2027-05-14", date(2027, 5, 14)),
        ("14 May", date(2027, 5, 14)),
        ("May 14th, 2027.", date(2027, 5, 14)),
        ("14.05.2027", date(2027, 5, 14)),
        ("２０２７年５月１４日", date(2027, 5, 14)),
        ("5月14日", date(2027, 5, 14)),
        ("14 maybe", None),
        ("14 May or never", None),
        ("14 May (or 14 June)", None),
        ("not before 14 May", None),
        ("5月14日以降", None),
        ("31 June", None),
        ("6 January", date(2028, 1, 6)),
        ("13月1日", None),
        ("the end of May", None),
        ("soon", None),
    ],
)
def test_a_day_stands_alone(cell: str, wanted: date | None) -> None:
    with modules("mission-statement"):
        assert import_module("filled_form.alone").day(cell, date(2027, 4, 5)) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("archive", {"archive"}),
        ("Reports, archive", {"reports", "archive"}),
        ("アーカイブ、報告書", {"reports", "archive"}),
        ("`archive`, **reports**", {"reports", "archive"}),
        ("**archive, reports**", {"reports", "archive"}),
        ("**archive** *not* reports", None),
        ("everything but the archive", None),
        ("archive (not this quarter)", None),
        ("archive or reports", None),
        ("half of archive", None),
        ("archive,", None),
        ("", None),
    ],
)
def test_names_stand_alone(cell: str, wanted: set[str] | None) -> None:
    with modules("mission-statement"):
        assert import_module("filled_form.alone").listed(cell, import_module("words").WORKS) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("#9", ({9}, set())),
        ("#1, archive", ({1}, {"archive"})),
        ("9番、報告書", ({9}, {"reports"})),
        ("nothing of #9 is left out", None),
        ("#9, if the board agrees", None),
        ("#9 and #1", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_what_is_given_up_stands_alone(cell: str, wanted: tuple[set[int], set[str]] | None) -> None:
    with modules("mission-statement"):
        assert import_module("values").given_up(cell, import_module("words").WORKS) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("M1", {"M1"}),
        ("m1、R02", {"M1", "R2"}),
        ("neither M1 nor M2", None),
        ("M1, still to be discussed", None),
        ("M1 (not M2)", None),
        ("", None),
    ],
)
def test_sentences_are_cited_alone(cell: str, wanted: set[str] | None) -> None:
    with modules("mission-statement"):
        assert import_module("values").cited(cell) == wanted
