"""Follows a page that was read, to the letter: somebody else types, and says what was shown."""

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from robot.page import Action, Block, Expect, Item, Keep, Page, Step, name_of

BLOCKS, SECONDS = 60, 120
"""Blocks, and seconds in all, after which the robot gives a page up."""
EVERY = 1
"""Seconds between two looks at something that may take its time."""


class Seen(NamedTuple):
    """What a block has shown, and the code that it ended with."""

    text: str
    exit: int


class End(NamedTuple):
    """How it came to an end.

    ``stop`` and ``call`` are what the page says; ``difference`` is something that the page has no word for, ``lost`` a
    page that goes in circles or takes too long.
    """

    kind: str
    step: str
    line: int
    who: str = ""
    text: str = ""


Type = Callable[[str, dict[str, str]], Seen]
"""Types a block, given the values that were kept."""
Tell = Callable[[str, str], None]


class Ended(Exception):
    """The robot has come to an end."""

    def __init__(self, end: End) -> None:
        super().__init__(end.text)
        self.end = end


def number(seen: Seen, word: str) -> float | None:
    """The number that stands behind a word, the last time that one does."""
    if word == "exit":
        return float(seen.exit)
    found = re.findall(rf"(?<![\w-]){re.escape(word)}(?!\w)[^\w\n-]{{0,3}}(-?\d+(?:\.\d+)?)(?!\d)", seen.text)
    return float(found[-1]) if found else None


def value(seen: Seen, word: str) -> str:
    """What stands behind a word, the last time that something does; empty where nothing does."""
    found = re.findall(rf"(?<![\w-]){re.escape(word)}(?!\w)[^\w\n]{{0,3}}(\S+)", seen.text, re.IGNORECASE)
    return found[-1].rstrip(".,:;") if found else ""


def holds(one: Expect, seen: Seen) -> bool:
    """Whether it is as expected; a command that failed has shown nothing of it, but for its code."""
    if seen.exit and one.what != "exit":
        return False
    if not one.is_number:
        return (one.what in seen.text) != one.no
    found = number(seen, one.what)
    return found is not None and one.low is not None and one.high is not None and one.low <= found <= one.high


def in_words(one: Expect) -> str:
    """What is expected, as the page has it."""
    if not one.is_number:
        return f"{'no ' if one.no else ''}`{one.what}`"
    if one.high == float("inf"):
        return f"`{one.what}` at least {one.low:g}"
    if one.low == float("-inf"):
        return f"`{one.what}` at most {one.high:g}"
    return f"`{one.what}` {one.low:g}" + (f" to {one.high:g}" if one.high != one.low else "")


class Walk:
    """One way through a page."""

    def __init__(self, page: Page, type_: Type, tell: Tell, pause: Callable[[float], None] = time.sleep) -> None:
        self.page, self.type, self.tell, self.pause = page, type_, tell, pause
        self.values: dict[str, str] = {}
        self.been: Counter[int] = Counter()
        self.typed, self.began = 0, time.monotonic()
        self.step = page.steps[0]

    def end(self) -> End:
        """Go until there is an end."""
        place = 0
        try:
            while place < len(self.page.steps):
                self.step = self.page.steps[place]
                self.tell("step", self.step.name)
                aim = self.through(self.step)
                place = place + 1 if aim is None else self.place(aim)
        except Ended as ended:
            return ended.end
        return self.ended("difference", self.step.line, text="the page has come to its end").end

    def place(self, name: str) -> int:
        """Which step has a name."""
        return next(at for at, step in enumerate(self.page.steps) if name_of(step.name) == name)

    def through(self, step: Step) -> str | None:
        """Go through one step; gives the name of the next where it is not the one below."""
        seen, block = Seen("", 0), Block("", 0)
        for at, one in enumerate(step.items):
            if isinstance(one, Block):
                block, seen = one, self.types(one)
                if seen.exit and not followed(step.items[at + 1 :]):
                    raise self.ended("difference", one.line, text=f"the block ended with {seen.exit}")
            elif isinstance(one, Keep):
                self.keeps(one, seen)
            elif isinstance(one, Expect):
                seen, aim = self.looks(one, block, seen)
                if aim is not None:
                    return aim
            else:
                return self.does(one)
        return None

    def types(self, block: Block) -> Seen:
        """Have a block typed."""
        self.typed += 1
        if self.typed > BLOCKS:
            raise self.ended("lost", block.line, text=f"more than {BLOCKS} blocks were typed")
        self.hurry(block.line)
        self.tell("typed", block.text)
        seen = self.type(block.text, dict(self.values))
        self.tell("shown", seen.text if not seen.exit else f"{seen.text}\n[ended with {seen.exit}]".strip())
        return seen

    def hurry(self, line: int) -> None:
        """Give up a page that takes too long."""
        if time.monotonic() - self.began > SECONDS:
            raise self.ended("lost", line, text=f"it took more than {SECONDS} seconds")

    def keeps(self, one: Keep, seen: Seen) -> None:
        """Keep a value for the blocks below."""
        found = value(seen, one.word)
        if not found:
            raise self.ended("difference", one.line, text=f"nothing stands behind `{one.word}`")
        self.values[one.word] = found
        self.tell("kept", f"{one.word} = {found}")

    def looks(self, one: Expect, block: Block, seen: Seen) -> tuple[Seen, str | None]:
        """Compare, again and again where it may take its time; gives where to go if it is not so."""
        for _ in range(one.within):
            if holds(one, seen):
                break
            self.pause(EVERY)
            self.hurry(one.line)
            seen = self.type(block.text, dict(self.values))
        if one.within:
            self.tell("shown", seen.text)
        if holds(one, seen):
            self.tell("as expected", in_words(one))
            return seen, None
        self.tell("not as expected", in_words(one))
        if one.otherwise is None:
            raise self.ended("difference", one.line, text=f"not as expected: {in_words(one)}")
        return seen, self.does(one.otherwise)

    def does(self, one: Action) -> str:
        """Do what the page says; gives the step to go to."""
        if one.kind == "go":
            self.been[one.line] += 1
            if one.most and self.been[one.line] > one.most and one.otherwise is not None:
                return self.does(one.otherwise)
            return one.target
        raise self.ended(one.kind, one.line, one.target, one.text)

    def ended(self, kind: str, line: int, who: str = "", text: str = "") -> Ended:
        """An end, told."""
        self.tell(kind, f"{who}: {text}" if who else text)
        return Ended(End(kind, self.step.name, line, who, text))


def followed(items: tuple[Item, ...]) -> bool:
    """Whether something is expected of a block, by what stands below it."""
    for one in items:
        if isinstance(one, Expect):
            return True
        if isinstance(one, Block):
            return False
    return False


def follow(page: Page, type_: Type, tell: Tell = lambda _kind, _text: None) -> End:
    """Follow a page to its end."""
    return Walk(page, type_, tell).end()
