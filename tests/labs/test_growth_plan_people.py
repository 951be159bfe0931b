"""What growth-plan takes for a person's name, and for another way to write the planner's. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import modules_of


@pytest.fixture(scope="module")
def people() -> Iterator[Any]:
    with modules_of(paths.ROOT / "labs" / "_images" / "paper", paths.ROOT / "graders" / "growth-plan") as load:
        yield load("people")


@pytest.mark.parametrize(
    "name",
    [
        *("Ken", "K.", "A. Mori", "Jan van der Berg", "d'Arc", "al-Amin Said", "Étienne Dupré", "Dr. Ines Berg"),
        *("森 愛子", "森愛子", "みどり", "鈴木ゆう子", "田中さん", "マイケル・スミス", "김철수"),
    ],
)
def test_a_name_looks_like_one(people: Any, name: str) -> None:
    assert people.is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        *("to be found", "still open", "not decided yet", "open", "TBD", "Nobody", "my lead", "Ken or Ines", "Ken?"),
        *("the Lead", "von der", "Ken, Ines", "Ken (perhaps)", "A1", "Ken Whom We Know And Like", "-", ""),
        *("これから探す", "まだ決まっていない", "後で決める", "未定", "森、田中"),
    ],
)
def test_what_is_no_name_is_none(people: Any, name: str) -> None:
    assert not people.is_person(name)


@pytest.mark.parametrize(
    ("planner", "names"),
    [
        ("Aiko Mori", ["Mori Aiko", "A. Mori", "Mori A", "M. Aiko", "Aiko", "Mori", "AM", "A.M.", "AIKO MORI", "Áiko"]),
        ("Aiko Mori", ["Aiko K. Mori", "Aiko-Mori", "Aiko Mori-Lund"]),
        ("A. Mori", ["Aiko Mori", "Mori"]),
        ("Kim", ["Kim Lund", "Lund Kim", "K."]),
        ("森 愛子", ["愛子 森", "愛子", "森", "森さん", "森愛子", "愛子森", "森愛子様"]),
        ("森愛子", ["愛子 森", "愛子", "森", "森さん", "森 愛子さん", "愛子森", "森愛子様"]),
        ("森", ["森愛子", "森 愛子", "森さん"]),
    ],
)
def test_a_name_is_known_in_other_forms(people: Any, planner: str, names: list[str]) -> None:
    assert [one for one in names if not people.may_be(one, planner)] == []


@pytest.mark.parametrize(
    ("planner", "names"),
    [
        ("Aiko Mori", ["Ken", "Aiko Berg", "K. Mori", "Maiko Mori", "Amal Haddad", "Mara Ito", "Mori Ken"]),
        ("森 愛子", ["森本", "森本 健", "森 健", "大森", "美愛子", "田中"]),
        ("森愛子", ["森本 健", "森 健", "大森", "田中愛子", "健"]),
    ],
)
def test_somebody_elses_name_is_another(people: Any, planner: str, names: list[str]) -> None:
    assert [one for one in names if people.may_be(one, planner)] == []


@pytest.mark.parametrize(
    ("planner", "title", "is_named"),
    [
        ("Mara Lund", "Growth plan of Mara, February to April", True),
        ("Mara Lund", "Lund’s growth plan", True),
        ("Mara Lund", "2027年春のMaraの成長の計画", True),
        ("森 愛子", "森愛子の2027年4月から6月までの成長の計画", True),
        ("森 愛子", "成長の計画: 愛子", True),
        ("森愛子さん", "森愛子の成長の計画", True),
        ("Mara Lund", "My plan for February to April", False),
        ("Mara Lund", "Growth plan of Maravilla", False),
        ("森 愛子", "田中の成長の計画", False),
    ],
)
def test_the_title_names_whoever_plans(people: Any, planner: str, title: str, is_named: bool) -> None:
    assert people.is_named_in(planner, title) is is_named
