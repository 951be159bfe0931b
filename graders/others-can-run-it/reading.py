"""Whether a person can follow the page too: words in each step, something to see behind each block, ends that tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from robot.page import Action, Block, Expect, Item, Keep, Page, Step
from robot.walk import End
from verdict import called

WORDS, LETTERS = 6, 15
"""Least words of a step in English, and letters of one in Japanese."""
END_WORDS, END_LETTERS = 5, 10
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
ENGLISH = re.compile(r"[A-Za-z][A-Za-z'-]*")
CODE = re.compile(r"`[^`]*`")


def is_short(text: str, words: int, letters: int) -> bool:
    """Whether a text says less than that, in English and in Japanese."""
    text = CODE.sub("", text)
    return len(ENGLISH.findall(text)) < words and len(JAPANESE.findall(text)) < letters


def wordless(page: Page) -> str:
    """A step that has no words for people, or those of another; empty where there is none."""
    seen: set[str] = set()
    for step in page.steps:
        said = " ".join(step.prose.split())
        if is_short(said, WORDS, LETTERS) or said in seen:
            return step.name
        seen.add(said)
    return ""


def blind(page: Page) -> str:
    """A step with a block behind which nothing has to be seen; empty where there is none."""
    return next((step.name for step in page.steps if not all(followed(step))), "")


def followed(step: Step) -> Iterator[bool]:
    """Of each block of a step whether something is expected or kept before the next."""
    for at, one in enumerate(step.items):
        if isinstance(one, Block):
            below = step.items[at + 1] if at + 1 < len(step.items) else None
            yield isinstance(below, Expect | Keep)


def ends(page: Page) -> Iterator[Action]:
    """All that end the page: stops and calls, behind an else as well."""
    for step in page.steps:
        for one in step.items:
            yield from ends_of(one)


def ends_of(one: Item | None) -> Iterator[Action]:
    """The ends to which an item may lead by itself."""
    if isinstance(one, Expect):
        yield from ends_of(one.otherwise)
    if isinstance(one, Action):
        if one.kind != "go":
            yield one
        yield from ends_of(one.otherwise)


def mute(page: Page) -> int:
    """The line of an end that says too little; 0 where there is none."""
    return next((one.line for one in ends(page) if is_short(one.text, END_WORDS, END_LETTERS)), 0)


def alike(page: Page) -> tuple[int, ...]:
    """The lines of two ends that are not the same and say the same; empty where there are none.

    A call to the same person may say the same in several steps: a step of its own for it, to which all go, does so too.
    """
    seen: dict[str, tuple[object, int]] = {}
    for step in page.steps:
        for end in (end for one in step.items for end in ends_of(one)):
            what = step.name if end.kind == "stop" else frozenset(called(End("call", "", 0, end.target)))
            said = " ".join(end.text.split()).rstrip(".。").casefold()
            other, line = seen.setdefault(said, (what, end.line))
            if other != what:
                return line, end.line
    return ()


def stranger(page: Page) -> str:
    """Who is to be called and is nobody that can be; empty where all are."""
    calls = (one for one in ends(page) if one.kind == "call")
    return next((one.target for one in calls if not called(End("call", "", 0, one.target))), "")
