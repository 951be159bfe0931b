"""What growth-plan takes for a plan's title, and for another writing of a name. No Docker needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, modules_of

pytestmark = pytest.mark.stands_on("growth-plan", code=STANDS_ON)
SUMMER, WINTER, SPRING = (
    (date(2027, 7, 5), date(2027, 10, 1)),
    (date(2027, 10, 4), date(2028, 1, 7)),
    (date(2027, 1, 4), date(2027, 4, 2)),
)


@pytest.fixture(scope="module")
def load() -> Iterator[Callable[[str], Any]]:
    with modules_of(paths.ROOT / "labs" / "_images" / "paper", paths.ROOT / "graders" / "growth-plan") as found:
        yield found


@pytest.fixture(scope="module")
def is_right(load: Callable[[str], Any]) -> Callable[..., bool]:
    """Tell whether a title is one of a planner and a quarter, and says nothing else."""
    titles = load("titles")

    def judge(title: str, quarter: tuple[date, date], planner: str = "") -> bool:
        names = titles.of_the_planner(planner)
        is_whole = titles.is_named(title, names) and not titles.more_than(title, names)
        return is_whole and titles.has_quarter(title, names) and titles.is_of(title, names, *quarter)

    return judge


@pytest.mark.parametrize(
    "title",
    [
        *("Growth plan of Emre, July to October 2027", "Growth plan of Emre, July to September", "Emre, Q3 2027"),
        *("Emre’s growth plan for July–Sept 2027", "Growth plan of Emre, from 2027-07-05 on", "Emre, summer 2027"),
        *("Emre: 5 July to 1 October", "Growth plan of Emre, 2027-07-05 to 2027-10-01", "Emre, third quarter of 2027"),
        *("Growth plan for Emre (Jul. – Oct. 2027)", "Growth plan of Emre, July, August and September 2027"),
        *("Growth plan of Emre, 1 July to 30 September 2027", "Emre, SRE at Kazahaya: plan for the quarter, July 2027"),
        *(
            "エムレの2027年7月から9月までの成長の計画",
            "エムレの成長計画（2027年7月〜10月）",
            "エムレの2027年第2四半期の計画",
        ),
        *("Growth plan: Emre, 05.07.2027–01.10.2027", "Emre’s plan for three months, July 2027 – September 2027"),
        *("エムレの3か月の計画（7月〜9月）", "エムレの、2027年7月5日〜10月1日の成長の計画", "エムレ 2027年度第2四半期"),
        *("エムレ 2027年7-9月期 成長の計画", "エムレさんの2027年夏の成長の計画", "エムレの2027年7月5日からの計画"),
        *("**Growth plan of Emre**, Q3/2027", "Ｅｍｒｅ, ２０２７ Q3", "Growth plan of Emre, Q2 FY2027"),
    ],
)
def test_a_title_of_the_person_and_the_quarter_is_right(title: str, is_right: Callable[..., bool]) -> None:
    assert is_right(title, SUMMER)


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Growth plan of Emre, January to March 2029",
            "Growth plan of Emre, July to October 2028",
            "Growth plan of Emre",
        ),
        *("Growth plan of Kenji, July to October 2027", "Growth plan of Emre and Kenji, July to October 2027"),
        *("Growth plan of Emre, October to December 2027", "Growth plan of Emre, Q1 2027", "Emre, winter 2027"),
        *("Growth plan of Emre, July to August 2027", "Growth plan of Emre, from September 2027 on", "Emre, 2026"),
        *(
            "Growth plan of Emre, 19 July to 1 October",
            "Growth plan of Emre, the quarter after July",
            "My plan, Q3 2027",
        ),
        *(
            "エムレの2027年10月から12月までの成長の計画",
            "エムレと田中の2027年7月からの計画",
            "田中の2027年7月からの計画",
        ),
        *(
            "エムレの2029年7月からの計画",
            "Growth plan of Signe, October to January",
            "Growth plan of Emreson, July 2027",
        ),
    ],
)
def test_a_title_of_another_person_or_quarter_is_wrong(title: str, is_right: Callable[..., bool]) -> None:
    assert not is_right(title, SUMMER)


@pytest.mark.parametrize(
    ("planner", "title", "quarter", "wanted"),
    [
        ("Mara Lund", "Growth plan of Mara, October to January", WINTER, True),
        ("Mara Lund", "Lund’s growth plan, October 2027 to January 2028", WINTER, True),
        ("Mara Lund", "Growth plan of Lund, Mara, Q4 2027", WINTER, True),
        ("May Lund", "Growth plan of May Lund, October 2027", WINTER, True),
        ("Mara Lund", "2027年秋のMaraの成長の計画", WINTER, True),
        ("Mara Lund", "Growth plan of Mara, October 2028 to January 2029", WINTER, False),
        ("Mara Lund", "Growth plan of Mara, October to January 2029", WINTER, False),
        ("Mara Lund", "Growth plan of Mara Vega, October 2027", WINTER, False),
        ("Mara Lund", "My plan for October to January", WINTER, False),
        ("Mara Lund", "Growth plan of Maravilla, October 2027", WINTER, False),
        ("森 愛子", "森愛子の2027年1月から3月までの成長の計画", SPRING, True),
        ("森 愛子", "成長の計画: 愛子、2026年度第4四半期", SPRING, True),
        ("森愛子さん", "森愛子の1月からの成長の計画", SPRING, True),
        ("森 愛子", "田中の1月からの成長の計画", SPRING, False),
        ("森 愛子", "森 愛子の2026年1月からの成長の計画", SPRING, False),
        ("森 愛子", "森 愛子と健の1月からの成長の計画", SPRING, False),
    ],
)
def test_a_title_of_ones_own_has_ones_name(
    planner: str, title: str, quarter: tuple[date, date], wanted: bool, is_right: Callable[..., bool]
) -> None:
    assert is_right(title, quarter, planner) is wanted


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("VPN drop", "VPN drops"), ("the VPN drops", "VPN drops"), ("vpn Drops", "VPN drops")),
        *(("build  queues stuck", "build queue stuck"), ("slow query", "slow queries"), ("log-in loop", "login loop")),
        *(("drops of the VPN", "VPN drops"), ("full boxes", "full box"), ("VPNが切れる", "VPN 切れる")),
        *(("month's end slow", "slow month end"), ("サーバの停止", "サーバーが停止")),
    ],
)
def test_two_writings_of_one_name_are_known(name: str, other: str, load: Callable[[str], Any]) -> None:
    assert load("likeness").alike(name, ["login", other]) == other


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("disk 1 full", "disk 2 full"), ("customs papers", "customs"), ("login loop", "login loop"), ("P1", "P2")),
        *(("sign-in", "sign-on"), ("slow search", "search"), ("DNS", "DHCP"), ("VPNの切断", "VPNの遅延"), ("the", "a")),
    ],
)
def test_two_names_are_two(name: str, other: str, load: Callable[[str], Any]) -> None:
    assert not load("likeness").alike(name, [other])
