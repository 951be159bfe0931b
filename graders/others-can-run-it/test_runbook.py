"""Does the page get a robot, which has no judgement, through good and bad nights, and a person as well?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nights import OF_CHECKS
from reading import alike, blind, mute, stranger, wordless
from verdict import Facts, ended, half_mended, harm, unmended, untouched

from kikori.grading import quoted, reasons, say

if TYPE_CHECKING:
    from boxes import Boxes
    from robot.page import Page
    from robot.walk import End

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(300)  # thirteen nights, six at once, on a busy machine
MOST = 3
"""Messages that are held in a night, as the task says."""


def in_words(night: str) -> str:
    """A night, for a reason."""
    return {
        "one": say("a message that can't be read stands first", "先頭に読めないメッセージがある夜"),
        "incomplete": say("the first message is JSON, and incomplete", "先頭が JSON だが項目の足りない夜"),
        "apart": say("a second one stands further behind", "後ろのほうに二つ目がある夜"),
        "three": say(
            "three of them wait, and there was one the night before", "前の夜にも一つあり、読めないものが三つある夜"
        ),
        "too-many": say("more than three of them wait", "読めないものが四つ以上ある夜"),
        "quiet": say("all is well, and it is quiet", "正常で、静かな夜"),
        "rush": say("all is well, in the evening rush", "正常で、混み合う夕方"),
        "refuses": say("the provider takes nothing", "事業者が受け付けない夜"),
        "silent": say("the provider does not answer", "事業者が答えない夜"),
        "moved": say("somebody has stopped the sender", "誰かが送信プログラムを止めた夜"),
        "no-key": say("the sender lacks something else", "送信プログラムに別のものが欠けている夜"),
        "behind": say("there is a second cause behind the first", "一つ目の原因の後ろに別の原因がある夜"),
        "gives-out": say(
            "the provider goes away after the first codes", "番号がいくつか届いたあとで、事業者が受け付けなくなる夜"
        ),
    }[night]


def at_its_end(end: End) -> str:
    """How the robot came to its end, for a reason."""
    place, text = quoted(end.step), quoted(end.text, 120)
    if end.kind == "stop":
        return reason("end-stop", step=place, text=text)
    if end.kind == "call":
        return reason("end-call", step=place, who=quoted(end.who))
    if end.kind == "difference":
        return reason("end-difference", step=place, line=end.line, text=text)
    return reason("end-lost", step=place, text=text)


def why(found: str, night: str, seen: Facts) -> str:
    """What is wrong with a night."""
    name, end = in_words(night), at_its_end(seen.end)
    if found in ("lost", "twice", "invented", "held-well", "log-cut", "copied"):
        return harmed(found, name, seen)
    if found == "still-bad":
        return reason("still-bad", night=name, held=len(seen.held_bad), bad=seen.bad, end=end)
    if found == "still-left":
        return reason("still-left", night=name, left=len(seen.left), end=end)
    if found == "still-down":
        return reason("still-down", night=name, end=end)
    if found.startswith("mended-"):
        return reason("mended", night=name, end=end)
    if found == "touched":
        return reason("touched", night=name, end=end)
    if found.startswith("well-"):
        return reason("well", night=name, end=end)
    if found == "wrong-call":
        return reason("wrong-call", night=name, who=quoted(seen.end.who))
    return reason("no-call", night=name, end=end)


def harmed(found: str, night: str, seen: Facts) -> str:
    """What should not have happened on any night."""
    if found == "lost":
        return reason("lost", night=night, one=quoted(seen.lost[0]))
    if found == "twice":
        return reason("twice", night=night, times=len(seen.twice))
    if found == "invented":
        return reason("invented", night=night)
    if found == "log-cut":
        return reason("log-cut", night=night)
    if found == "copied":
        return reason("copied", night=night, path=quoted(seen.copied[0]))
    return reason("held-well", night=night, one=quoted(seen.held_well[0]))


@pytest.mark.guard
@pytest.mark.static
def test_page_is_read(page: Page) -> None:
    """The robot can read the runbook.

    ja: ロボットがランブックを読める。
    """
    assert not page.problems, reason(
        "not-read", many=len(page.problems), first=quoted("; ".join(page.problems[:1]), 160)
    )


@pytest.mark.static
@pytest.mark.needs("test_page_is_read")
def test_person_can_read(page: Page) -> None:
    """A person can follow the runbook as well: each step says why, and what must be seen.

    ja: 人もランブックに従える。どの手順にも、理由と、見えるはずのものが書いてある。
    """
    assert not (step := wordless(page)), reason("wordless", step=quoted(step))
    assert not (step := blind(page)), reason("blind", step=quoted(step))
    assert not (line := mute(page)), reason("mute", line=line)
    assert not (lines := alike(page)), reason("alike", one=lines[0], other=lines[-1])
    assert not (who := stranger(page)), reason("stranger", who=quoted(who))


@pytest.mark.needs("test_page_is_read")
def test_all_is_well(nights: Boxes) -> None:
    """When all is well, nothing is touched and nobody is woken.

    ja: 正常な夜には、何も変えられず、誰も起こされない。
    """
    for night in OF_CHECKS["test_all_is_well"]:
        found = untouched(nights[night])
        assert not found, why(found, night, nights[night])


@pytest.mark.needs("test_page_is_read")
def test_bad_message_is_held(nights: Boxes) -> None:
    """A message that can't be read is put aside, and everybody else gets their code once.

    ja: 読めないメッセージはよけられ、ほかの人には暗証番号が一度ずつ届く。
    """
    for night in OF_CHECKS["test_bad_message_is_held"]:
        found = unmended(nights[night])
        assert not found, why(found, night, nights[night])


@pytest.mark.needs("test_page_is_read")
def test_two_or_three(nights: Boxes) -> None:
    """Two or three such messages are put aside as well, wherever they stand.

    ja: 読めないメッセージが二つや三つでも、どこにあっても、よけられる。
    """
    for night in OF_CHECKS["test_two_or_three"]:
        found = unmended(nights[night])
        assert not found, why(found, night, nights[night])


@pytest.mark.needs("test_page_is_read")
def test_fourth_calls(nights: Boxes) -> None:
    """With a fourth one no more is put aside, and whoever knows the stations is called.

    ja: 四つ目が出たら、それ以上はよけず、駅の機械を知る人を呼ぶ。
    """
    (night,) = OF_CHECKS["test_fourth_calls"]
    seen = nights[night]
    assert not (found := harm(seen)), why(found, night, seen)
    assert len(seen.held_bad) <= MOST, reason(
        "held-too-many", night=in_words(night), held=len(seen.held_bad), most=MOST
    )
    assert not (found := ended(seen, "gaku")), why(found, night, seen)


@pytest.mark.needs("test_page_is_read")
def test_provider_is_away(nights: Boxes) -> None:
    """When the provider is the cause, nothing is touched and the provider's night desk is called.

    ja: 原因が事業者にあるときは、何も変えられず、事業者の夜間窓口が呼ばれる。
    """
    for night in OF_CHECKS["test_provider_is_away"]:
        found = untouched(nights[night], "sazanami")
        assert not found, why(found, night, nights[night])


@pytest.mark.needs("test_page_is_read")
def test_another_fault(nights: Boxes) -> None:
    """On a fault that the page is not about, nothing is touched and whoever the task names for it is called.

    ja: ページの扱わない障害では、何も変えられず、課題の表にある人が呼ばれる。
    """
    for night in OF_CHECKS["test_another_fault"]:
        found = untouched(nights[night], "rin")
        assert not found, why(found, night, nights[night])


@pytest.mark.needs("test_page_is_read")
def test_it_looks_again(nights: Boxes) -> None:
    """When codes still wait after all was done, whoever the task names for the second cause is called.

    ja: すべて行っても暗証番号がまだ待っていれば、その原因について課題の表にある人が呼ばれる。
    """
    behind, gives_out = OF_CHECKS["test_it_looks_again"]
    found = harm(seen := nights[behind]) or ended(seen, "rin")
    assert not found, why(found, behind, seen)
    found = half_mended(seen := nights[gives_out], "sazanami")
    assert not found, why(found, gives_out, seen)
