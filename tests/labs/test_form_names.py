"""How written forms tell headings, rows and answers put off from what is the form's. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kikori import paths
from lab_modules import Import, modules_of

FORM = """# Mine

<!-- | Hidden | Row | -->

## Told

## The sums

| What | Value |
|---|---|
| Hours planned (h) | |
| Left over | |

## Steps

| Step | Rings after (minutes) | 予算の消費（%） |
|---|---|---|
"""
FILLED = (
    FORM.replace("## Told", "## Told\n\nSomething.").replace("(h) | |", "(h) | 2 |").replace("over | |", "over | 1 |")
)
FILLED += "| one | 2 | 3 |\n"


@pytest.fixture(scope="module")
def paper() -> Iterator[Import]:
    with modules_of(paths.ROOT / "labs" / "_images" / "paper") as load:
        yield load


def found(paper: Import, text: str, forms: str) -> tuple[list[str], list[str]]:
    """The names of a document that are none of the form's, and its rows of its own."""
    reader, headings, rows = map(paper, ("filled_form.reader", "filled_form.headings", "filled_form.rows"))
    shape = reader.Shape(
        {"told": ("told",), "sums": ("the sums", "sums", "合計"), "steps": ("steps",)},
        {"steps": {"what": ("step",), "minutes": ("rings after", "after"), "used": ("budget", "予算")}},
        {"sums": {"planned": ("hours planned", "planned"), "left": ("left", "left over")}},
        "told",
    )
    form = reader.read("mine.md", text, shape)
    names = [name for _, name in headings.renamed(form, shape, frozenset(forms.split()))]
    return names, [name for _, name in rows.of_ones_own(form, shape)]


@pytest.fixture(scope="module")
def known(paper: Import, tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("form")
    (place / "mine.md").write_text(FORM, encoding="utf-8")
    return " ".join(paper("filled_form.headings").labels_of(place, "*.md"))


def test_an_empty_form_tells_its_names(known: str) -> None:
    assert {"mine", "told", "thesum", "hourplanned", "ringafter", "minute", "予算の消費"} <= {*known.split()}
    assert "hidden" not in known


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## Told", "## **Told**"),
        ("## The sums", "## 2. Sums:"),
        ("## The sums", "## 合計 (Sums)"),
        ("## The sums", "## Sums / 合計"),
        ("| Hours planned (h) |", "| **Planned** |"),
        ("| Hours planned (h) | 2 |\n| Left over | 1 |", "- Planned: 2\n- Left: 1"),
        ("| What | Value |", "| Value | What |"),
        ("| Rings after (minutes) |", "| After |"),
        ("| Rings after (minutes) |", "| Rings after |"),
        ("予算の消費（%）", "予算"),
        ("## Steps", "Hours: 2 of 3.\n\n## Steps"),
        ("## Steps", "## My own\n\n| Left over perhaps | 3 |\n\n## Steps"),
    ],
)
def test_a_name_may_be_written_in_many_hands(paper: Import, known: str, old: str, new: str) -> None:
    assert old in FILLED
    assert found(paper, FILLED.replace(old, new), known) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("## Told", "## Told by Rin", "Told by Rin"),
        ("## The sums", "## The sums (of last year)", "The sums (of last year)"),
        ("## The sums", "## 合計の見込み", "合計の見込み"),
        ("| Hours planned (h) |", "| Hours planned at best (h) |", "Hours planned at best (h)"),
        ("| Left over |", "| Left over, if Jun agrees |", "Left over, if Jun agrees"),
        ("| Hours planned (h) | 2 |\n| Left over | 1 |", "- Planned once: 2\n- Left: 1", "Planned once"),
        ("| Rings after (minutes) |", "| Rings after all |", "Rings after all"),
        ("予算の消費（%）", "予算の消費（前期）", "予算の消費（前期）"),
    ],
)
def test_a_name_with_more_in_it_is_told(paper: Import, known: str, old: str, new: str, name: str) -> None:
    assert old in FILLED
    assert found(paper, FILLED.replace(old, new), known) == ([name], [])


@pytest.mark.parametrize("row", ["| In truth | 3 |", "- In truth: 3", "| In truth |"])
def test_a_row_of_ones_own_is_told(paper: Import, known: str, row: str) -> None:
    text = FILLED.replace("\n## Steps", f"{row}\n\n## Steps")
    assert found(paper, text, known) == ([], ["In truth"])


@pytest.mark.parametrize(
    ("said", "is_later", "is_elsewhere"),
    [
        ("to be decided later", True, False),
        ("まだ決めていない。後で書く", True, False),
        ("see above, it is the same", False, True),
        ("上の欄と同じです", False, True),
        ("wait for another minute, then look again", False, False),
        ("look below Failures", False, False),
        ("起動と同じようにする", False, False),
        ("", False, False),
    ],
)
def test_what_is_put_off_is_told_from_what_stands_elsewhere(
    paper: Import, said: str, is_later: bool, is_elsewhere: bool
) -> None:
    off = paper("filled_form.placeholders")
    assert off.is_for_later(said) is is_later
    assert off.is_put_off(said) is (is_later or is_elsewhere)
