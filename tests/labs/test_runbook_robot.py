"""How the robot of others-can-run-it reads and follows a page, and what its nights are held to. No Docker needed."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kikori import paths
from lab_modules import Import, modules_of

LAB, GRADER = (paths.ROOT / folder / "others-can-run-it" for folder in ("labs", "graders"))
PLACES = (GRADER, LAB / "images" / "box", LAB / "images" / "town")
BLOCK = "```bash\nlook\n```\n"


@pytest.fixture
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


def followed(lab: Any, text: str, *shown: str | tuple[str, int]) -> tuple[Any, list[dict[str, str]]]:
    """How a page ends with a box that shows these things, one after the other, and what was known at each block."""
    walk, page, known = lab("robot.walk"), lab("robot.page").read(text), []
    assert not page.problems
    left = list(shown)

    def type_(_command: str, values: dict[str, str]) -> Any:
        known.append(values)
        seen = left.pop(0)
        return walk.Seen(*(seen if isinstance(seen, tuple) else (seen, 0)))

    return walk.Walk(page, type_, lambda _kind, _text: None, pause=lambda _seconds: None).end(), known


@pytest.mark.parametrize("page", [LAB / "workspace", *sorted((LAB / "fixes").iterdir())], ids=lambda place: place.name)
def test_robot_reads_what_the_lab_has(lab: Any, page: Path) -> None:
    assert not lab("robot.page").read((page / "runbook.md").read_text()).problems


@pytest.mark.parametrize(
    "text",
    [
        "Look around.\n",
        "## A\nWords alone.\n",
        f"## A\n{BLOCK}- expect it looks normal\n- stop: well\n",
        f"## A\n{BLOCK}- expect `n` 5 to 3\n- stop: well\n",
        f"## A\n- expect `n` 1 to 3\n{BLOCK}- stop: well\n",
        f"## A\n{BLOCK}- go to B\n",
        f"## A\n{BLOCK}- go to A, at most 3 times\n",
        f"## A\n{BLOCK}- stop: well\n- stop: well\n",
        f"## A\n{BLOCK}- expect `n` 3\n",
        f"## A\n{BLOCK}- stop: well\n## A\n- stop: well\n",
        "## A\n```bash\none\ntwo\nthree\nfour\n```\n- stop: well\n",
        "## A\n```bash\n" + "x" * 201 + "\n```\n- stop: well\n",
        "## A\n```bash\nlook\n",
    ],
)
def test_what_no_robot_can_follow_is_a_problem(lab: Any, text: str) -> None:
    assert lab("robot.page").read(text).problems


def test_way_back_has_its_bound(lab: Any) -> None:
    text = f"## A\n{BLOCK}- expect `n` 1 to 3, else go to [A](#a), at most 2 times, else call Gaku: high\n- stop: ok\n"
    end, known = followed(lab, text, "n 9", "n: 8", "n=7")
    assert (end.kind, end.who, len(known)) == ("call", "Gaku", 3)


def test_what_may_take_its_time_is_typed_again(lab: Any) -> None:
    text = f"## A\n{BLOCK}- Expect `oldest` at most 120、 within 3 s, else call リン： 助けて\n- stop： よい\n"
    assert followed(lab, text, "oldest 400", "oldest 300", "oldest 120")[0].kind == "stop"
    assert followed(lab, text, *["oldest 400"] * 4)[0].who == "リン"


def test_value_is_kept_for_the_blocks_below(lab: Any) -> None:
    text = f"## A\n{BLOCK}- keep `read`\n{BLOCK}- expect no `yes`\n- stop: well\n"
    end, known = followed(lab, text, "can't read 0417-ueno: it is empty", "readable no")
    assert end.kind == "stop"
    assert known[1] == {"read": "0417-ueno"}


def test_failed_block_has_shown_nothing(lab: Any) -> None:
    assert followed(lab, f"## A\n{BLOCK}- expect no `bad`\n- stop: well\n", ("good", 1))[0].kind == "difference"
    assert followed(lab, f"## A\n{BLOCK}- stop: well\n", ("good", 1))[0].kind == "difference"
    assert followed(lab, f"## A\n{BLOCK}- expect `exit` 1\n- stop: well\n", ("good", 1))[0].kind == "stop"


def test_hidden_block_is_not_typed(lab: Any) -> None:
    end, known = followed(lab, f"## A\n<!--\n{BLOCK}-->\n- stop: well\n")
    assert (end.kind, known) == ("stop", [])


def test_page_that_goes_in_circles_is_given_up(lab: Any) -> None:
    assert followed(lab, f"## A\n{BLOCK}- go to A\n", *[""] * 100)[0].kind == "lost"


def left(lab: Any, night: str, *, held: int = 0, first_gone: bool = False, kind: str = "stop", who: str = "") -> Any:
    """A night after which so many of the bad were held, and all that could be read was sent."""
    verdict, scene = lab("verdict"), lab("nights").NIGHTS[night](random.Random(night))
    there = verdict.contents(scene, "waiting")
    good = [name for name in there if name not in scene["bad"]]
    sent = [verdict.as_sent(name, there[name]) for name in good]
    spool = {"held": {name: there[name] for name in scene["bad"][:held]} | verdict.contents(scene, "held")}
    spool["waiting"] = {name: there[name] for name in scene["bad"][held + first_gone :]}
    return verdict.facts(scene, lab("robot.walk").End(kind, "A", 1, who), sent, spool, started=held > 0, is_up=True)


def test_night_is_mended_when_the_bad_are_held_and_the_others_sent(lab: Any) -> None:
    verdict = lab("verdict")
    assert verdict.unmended(left(lab, "one", held=1)) == ""
    assert verdict.unmended(left(lab, "three", held=2)) == "still-bad"
    assert verdict.unmended(left(lab, "one", first_gone=True)) == "lost"
    assert verdict.unmended(left(lab, "one", held=1, kind="call", who="Rin")) == "mended-call"


def test_only_who_can_do_something_is_called(lab: Any) -> None:
    verdict = lab("verdict")
    assert verdict.untouched(left(lab, "quiet")) == ""
    assert verdict.untouched(left(lab, "quiet", kind="call", who="Rin")) == "well-call"
    called = {
        who: left(lab, "quiet", kind="call", who=who) for who in ("さざなみの夜間窓口", "Rin", "Sazanami and Rin")
    }
    assert [verdict.untouched(seen, "sazanami") for seen in called.values()] == ["", "wrong-call", "wrong-call"]
    assert verdict.untouched(left(lab, "moved", kind="call", who="Rin"), "rin") == "twice"


def test_each_bad_message_is_one_by_the_senders_rule(lab: Any) -> None:
    messages = lab("messages")
    for name, draw in lab("nights").NIGHTS.items():
        scene = draw(random.Random(name))
        found = [one["name"] for one in scene["messages"] if one["folder"] == "waiting" and not readable(messages, one)]
        assert found == scene["bad"], name


def readable(messages: Any, one: dict[str, str]) -> bool:
    try:
        messages.read(base64.b64decode(one["content"]))
    except messages.Unreadable:
        return False
    return True
