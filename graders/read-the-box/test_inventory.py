"""Does the inventory say what is so?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inventory import AFTER, Unknown

from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from conftest import Work

reason = reasons(__file__)


@pytest.mark.static
def test_form(work: Work) -> None:
    """The inventory can be read by a program.

    ja: インベントリは、プログラムで読める。
    """
    assert not work.unread, reason("form-unread", size=work.unread)
    assert work.text, reason("form-none")
    where = quoted(str(work.problem or ""), 120)
    assert not isinstance(work.problem, Unknown), reason("form-unknown", where=where)
    assert not work.problem, reason("form", where=where)


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_system(work: Work) -> None:
    """The inventory says who the box is: its name, what it may use, and its addresses.

    ja: サーバーの名前、使える量、アドレスが合っている。
    """
    hold(work, "system", "addresses")


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_processes(work: Work) -> None:
    """The inventory says what runs, as whom, and what starts it.

    ja: 動いているもの、そのユーザー、起動するものが合っている。
    """
    hold(work, "processes")


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_ports(work: Work) -> None:
    """The inventory says where the box listens, who calls, and whom it calls.

    ja: 待ち受けている場所、呼びに来る相手、呼びに行く相手が合っている。
    """
    hold(work, "ports", "calls")


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_origin(work: Work) -> None:
    """The inventory says what is not Debian's, what was changed, and what belongs to no package.

    ja: Debian のものでないパッケージ、書き換えられたファイル、どのパッケージにも属さないファイルが合っている。
    """
    hold(work, "packages", "changed", "unowned")


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_data(work: Work) -> None:
    """The inventory says what is written by whom, and where it lies.

    ja: 何がどのプログラムによって、どこに書かれているかが合っている。
    """
    hold(work, "data")


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_jobs(work: Work) -> None:
    """The inventory says what comes by the clock, and what only looks as if it did.

    ja: 時刻によって動くものと、そう見えるだけのものが合っている。
    """
    hold(work, "jobs")


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_restart(work: Work) -> None:
    """The inventory foretells a restart: what is gone, what opens, and who gets nothing any more.

    ja: 再起動で消えるもの、新しく開くもの、何も受け取れなくなる相手を言い当てている。
    """
    hold(work, "gone", "opens", "cut")


def hold(work: Work, *names: str) -> None:
    """Each of these parts is right."""
    wrong = [text for name in names if (text := told(work, name))]
    assert not wrong, reason("parts", told=" ".join(wrong))


def told(work: Work, name: str) -> str:
    """Say how much of a part is not right, and not which; empty where all of it is."""
    judged = work.judged(name)
    if judged.is_right:
        return ""
    if name == "system":
        return reason("part-system", right=judged.right, wanted=judged.wanted)
    fields = ", ".join(f"{field} ({count})" for field, count in sorted(judged.differing.items()))
    differing = reason("part-differing", fields=fields) if fields else ""
    beside = reason("part-beside", beside=judged.beside) if judged.beside else ""
    missing = reason("part-missing", missing=judged.missing) if judged.missing else ""
    called = say(f"after_restart: {name}", f"after_restart の {name}") if name in AFTER else name
    return reason("part", called=called, right=judged.right, wanted=judged.wanted, rest=f"{missing}{differing}{beside}")
