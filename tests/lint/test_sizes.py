"""Lint warns of a lab that nobody measured, and refuses a record of sizes that it can't read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.errors import Exit
from kikori.lint import Findings, lint
from kikori.sizing.sizes import Size, Sizes, Work, sizes_of, write

from .spoiling import Spoil, hold, name

pytestmark = pytest.mark.slow

FILE = "labs/sizes.toml"
ROW = Size(
    day=date(2026, 1, 31),
    docker="26.1.5",
    containers=1,
    networks=1,
    memory=30,
    processor=0.5,
    images=2,
    written=1,
    check=Work(memory=90, processor=2.0, seconds=5.0),
)


def warned(content: Path) -> Findings:
    return lint(Catalog([content]), ["first-look"], tool=None)


def of_sizes(found: Findings) -> list[tuple[str, str, str]]:
    return [(one.lab, one.file, one.fix) for one in found.warnings if one.rule == "size-measured"]


def test_where_no_sizes_are_kept_none_is_missed(content: Path) -> None:
    assert of_sizes(warned(content)) == []


def test_a_lab_without_a_row_is_warned_of(content: Path) -> None:
    write(content, Sizes(labs={"other-lab": ROW}))
    found = warned(content)
    place = str(content / "labs/first-look/lab.toml")
    assert of_sizes(found) == [("first-look", place, ".venv/bin/python benchmarks/sizing.py first-look")]
    assert found.exit_code is Exit.DONE


def test_a_lab_with_a_row_is_well(content: Path) -> None:
    write(content, Sizes(labs={"first-look": ROW}))
    assert of_sizes(warned(content)) == []
    assert lint(Catalog([content]), tool=None).findings == ()


def test_a_row_of_no_lab_is_told_as_nobodys(content: Path) -> None:
    write(content, Sizes(labs={"first-look": ROW, "gone-lab": ROW}))
    (one,) = lint(Catalog([content]), tool=None).findings
    assert (one.rule, one.lab, one.file) == ("sizes-of-labs", "", str(content / FILE))
    assert (one.message, one.fix) == ("there is no lab gone-lab", "take out the tables of gone-lab")


SPOILS = [
    Spoil("sizes-well-formed", FILE, None, "imagse = 3\n", "Did you mean 'images'?", at="imagse"),
    Spoil("sizes-well-formed", FILE, None, "images = 'three'\n", "benchmarks/sizing.py"),
    Spoil("sizes-well-formed", FILE, None, "[labs", "benchmarks/sizing.py"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_a_file_that_breaks_the_format_is_a_finding_and_no_warning(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)
    assert of_sizes(warned(content)) == []


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "labs").mkdir()
    tuned = Size(**{name: getattr(ROW, name) for name in ROW.__struct_fields__} | {"bench": ROW.check})
    sizes = Sizes(images=400, learner=100, labs={"first-look": ROW, "tune-the-board": tuned})
    assert sizes_of(write(tmp_path, sizes).parent.parent) == sizes
