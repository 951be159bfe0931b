"""What growth-plan takes for a person's name, and for another way to write the planner's. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, modules_of

pytestmark = pytest.mark.stands_on("growth-plan", code=STANDS_ON)


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
    "name",
    [
        *("Team Lead", "New Hire", "My Manager", "Manager", "The Boss", "A Colleague", "TBD", "T.B.D.", "Next On-Call"),
        *("Sora’s Lead", "Co-Lead", "Somebody", "Tech-Lead Berg", "Second Reviewer", "Nobody Yet", "My New Team"),
        *(
            "上司",
            "新人",
            "リーダー",
            "担当者",
            "新しい担当者",
            "チームリーダー",
            "上司さん",
            "田中部長",
            "マネージャー",
            "後任",
        ),
    ],
)
def test_a_role_is_no_name(people: Any, name: str) -> None:
    assert people.is_role(name) or not people.is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        *("My Nguyen", "Anna Boss", "Art Young", "Ida Brandt", "Teal Manners", "Guy Friend"),
        *(
            "松本人志",
            "日下部 健",
            "長谷部長太郎",
            "渡部 長一",
            "新井 仁",
            "開発 太郎",
            "後藤",
            "任 正",
            "Dr. Ines Berg",
        ),
    ],
)
def test_a_name_is_no_role(people: Any, name: str) -> None:
    assert not people.is_role(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jun has looked at it and found it good", "Sora has looked at it and found it good"),
        ("Riku's fix is merged under her own name", "Mei’s fix is merged under his own name"),
        ("ケンジが見て、よいと言った", "ソラさんが見て、よいと言った"),
        ("佐藤さんが見て、よいと言った", "ソラが見て、よいと言った"),
        ("looked at by Jun, and found good", "looked at by the lead, and found good"),
    ],
)
def test_a_sentence_without_its_names_is_another_ones(people: Any, one: str, other: str) -> None:
    persons = {"Jun", "Sora", "ソラ", "ケンジ", "the lead"}
    shown = [people.without_names(text, persons, ["Mail", "milk tanks"]).split() for text in (one, other)]
    assert shown[0] == shown[1]


def test_what_is_no_persons_name_stays(people: Any) -> None:
    for text in ("Mail has four answers on the map", "P1 has not come in W3", "Milk tanks show one"):
        assert people.without_names(text, {"Jun"}, ["mail", "milk tanks"]) == text
