"""Reads a runbook: a page of Markdown whose blocks and list items a robot can follow. Nothing is carried out here.

    ## NAME                    a step; the robot begins at the first and goes down
    ```bash                    typed, up to three lines; other blocks are for people
    - expect `WORD` 0 to 120   the number behind the word; `at least N`, `at most N`, one number, `exit`
    - expect `LETTERS`         they stand in what was shown; `expect no` says that they don't
      , within 10 s            the block is typed again each second until it is so
      , else ACTION            if it is not so; without it the robot stops and calls nobody
    - keep `WORD`              what stands behind the word is `$WORD` in the blocks below
    - ACTION                   go to NAME | go to NAME, at most N times, else ACTION | stop: TEXT | call WHO: TEXT

Paragraphs, tables, numbered lists, and what stands before the first step are for people.
"""

import re
from typing import NamedTuple

LONGEST, LINES = 200, 3
"""Letters and lines of a block: what somebody types at night without a mistake."""
STEPS = 12
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([\w-]*)")
BULLET = re.compile(r"[-*+]\s+(.*)")
ELSE = re.compile(r"\s*[,、]\s*else\s+", re.IGNORECASE)
NUMBER = r"-?\d+(?:\.\d+)?"
EXPECT = re.compile(
    rf"expect(?P<no>\s+no)?\s+`(?P<what>[^`]+)`"
    rf"(?:\s+(?:at least\s+(?P<least>{NUMBER})|at most\s+(?P<most>{NUMBER})"
    rf"|(?P<low>{NUMBER})(?:\s+to\s+(?P<high>{NUMBER}))?))?"
    r"(?:\s*[,、]?\s*within\s+(?P<within>\d+)\s*s(?:econds)?)?[.。]?",
    re.IGNORECASE,
)
KEEP = re.compile(r"keep\s+`([a-z][a-z0-9_]*)`[.。]?", re.IGNORECASE)
GO = re.compile(
    r"(?:then\s+)?go\s+to\s+(?P<step>.+?)(?:\s*[,、]\s*at\s+most\s+(?P<most>\d+)\s+times?)?[.。]?", re.IGNORECASE
)
STOP = re.compile(r"stop\s*[:：]\s*(?P<text>\S.*)", re.IGNORECASE)
CALL = re.compile(r"call\s+(?P<who>[^:：]+?)\s*[:：]\s*(?P<text>\S.*)", re.IGNORECASE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class Action(NamedTuple):
    """What is done next: ``go``, ``stop`` or ``call``."""

    kind: str
    target: str = ""
    """The step, or who is called."""
    text: str = ""
    most: int = 0
    """How often one may go there; 0 for as often as one likes."""
    otherwise: "Action | None" = None
    line: int = 0


class Block(NamedTuple):
    """What is typed."""

    text: str
    line: int


class Expect(NamedTuple):
    """What must be seen: a number between two others behind a word, or letters."""

    what: str
    low: float | None
    high: float | None
    no: bool
    within: int
    otherwise: Action | None
    line: int

    @property
    def is_number(self) -> bool:
        """Whether it is about a number."""
        return self.low is not None


class Keep(NamedTuple):
    """A word behind which something stands that is used later."""

    word: str
    line: int


Item = Block | Expect | Keep | Action


class Step(NamedTuple):
    """One step, and the words in it that are for people."""

    name: str
    items: tuple[Item, ...]
    prose: str
    line: int


class Page(NamedTuple):
    """A runbook; with problems nobody follows it."""

    steps: tuple[Step, ...]
    problems: tuple[str, ...]


class NotRead(Exception):
    """A list item that is none of the robot's."""


def name_of(text: str) -> str:
    """A step's name as it is compared: links, marks and capital letters are left out."""
    return LINK.sub(r"\1", text).strip(" \t`*_\"'「」.。:：").casefold()


def action(text: str, line: int) -> Action:
    """Read what is to be done next.

    Raises:
        NotRead: it is nothing that the robot can do.
    """
    if found := STOP.fullmatch(text):
        return Action("stop", text=found["text"], line=line)
    if found := CALL.fullmatch(text):
        return Action("call", found["who"].strip("*` "), found["text"], line=line)
    head, *rest = ELSE.split(text, maxsplit=1)
    if not (found := GO.fullmatch(head)):
        raise NotRead
    most = int(found["most"] or 0)
    if bool(found["most"]) != bool(rest):
        raise NotRead
    return Action("go", name_of(found["step"]), most=most, otherwise=action(rest[0], line) if rest else None, line=line)


def expect(text: str, line: int) -> Expect:
    """Read what must be seen.

    Raises:
        NotRead: it is nothing that a robot could see.
    """
    head, *rest = ELSE.split(text, maxsplit=1)
    if not (found := EXPECT.fullmatch(head)):
        raise NotRead
    low, high = bounds(found)
    if low is not None and (found["no"] or low > (high or low)):
        raise NotRead
    otherwise = action(rest[0], line) if rest else None
    return Expect(found["what"].strip(), low, high, bool(found["no"]), int(found["within"] or 0), otherwise, line)


def bounds(found: re.Match[str]) -> tuple[float | None, float | None]:
    """The least and the most that a number may be; nothing where it is about letters."""
    if found["least"]:
        return float(found["least"]), float("inf")
    if found["most"]:
        return float("-inf"), float(found["most"])
    if found["low"]:
        return float(found["low"]), float(found["high"] or found["low"])
    return None, None


def item(text: str, line: int) -> Item:
    """Read one list item.

    Raises:
        NotRead: it is none of the robot's.
    """
    if text.casefold().startswith("expect"):
        return expect(text, line)
    if text.casefold().startswith("keep"):
        if not (found := KEEP.fullmatch(text)):
            raise NotRead
        return Keep(found[1].lower(), line)
    return action(text, line)


class Reader:
    """Goes through the lines of a page, once."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, list[Item], list[str], int]] = []
        self.problems: list[str] = []
        self.fence, self.typed, self.block, self.began = "", False, [], 0
        self.bullet, self.at = "", 0

    def read(self, text: str) -> Page:
        """Read all of it."""
        for number, line in enumerate(COMMENT.sub(kept_lines, text).splitlines(), 1):
            self.line(number, line)
        self.close_bullet()
        if self.fence:
            self.problems.append(f"line {self.began}: this block has no end")
        steps = tuple(Step(name, tuple(items), " ".join(prose), line) for name, items, prose, line in self.steps)
        return Page(steps, tuple(self.problems + amiss(steps)))

    def line(self, number: int, line: str) -> None:
        """Take one line."""
        if self.fence:
            return self.inside(line)
        if self.bullet and line.startswith(("  ", "\t")) and line.strip() and not FENCE.match(line):
            self.bullet += " " + line.strip()
            return None
        self.close_bullet()
        if found := FENCE.match(line):
            self.fence, self.typed, self.block, self.began = found[1], found[2] in ("bash", "sh"), [], number
        elif line.startswith("## "):
            self.steps.append((line[3:].strip(), [], [], number))
        elif self.steps and (found := BULLET.match(line)):
            self.bullet, self.at = found[1].strip(), number
        elif self.steps:
            self.steps[-1][2].append(line.strip("# "))
        return None

    def inside(self, line: str) -> None:
        """Take one line of a block."""
        if not (line.strip().startswith(self.fence) and not line.strip().strip(self.fence[0])):
            self.block.append(line.strip())
            return
        self.fence = ""
        if self.typed and self.steps:
            self.steps[-1][1].append(Block("\n".join(self.block).strip(), self.began))

    def close_bullet(self) -> None:
        """Read a list item that has come to its end."""
        if not self.bullet:
            return
        try:
            self.steps[-1][1].append(item(self.bullet, self.at))
        except NotRead:
            self.problems.append(f"line {self.at}: the robot can't see or do this: {self.bullet[:80]}")
        self.bullet = ""


def kept_lines(found: re.Match[str]) -> str:
    """Nothing in the place of a comment, but for its line breaks."""
    return "\n" * found[0].count("\n")


def amiss(steps: tuple[Step, ...]) -> list[str]:
    """What is wrong with the steps as a whole."""
    if not steps:
        return ["there is no step: a line that begins with two number signs"]
    names = [name_of(step.name) for step in steps]
    found = [f"line {step.line}: two steps have this name" for step in steps if names.count(name_of(step.name)) > 1]
    if len(steps) > STEPS:
        found.append(f"there are {len(steps)} steps; nobody follows more than {STEPS} at night")
    for step in steps:
        found += within_step(step, set(names))
    last = steps[-1]
    if not (last.items and is_end(last.items[-1])):
        found.append(f"line {last.line}: the last step says neither stop, call nor go to")
    return found


def is_end(one: Item) -> bool:
    """Whether nothing comes after it."""
    return isinstance(one, Action)


def within_step(step: Step, names: set[str]) -> list[str]:
    """What is wrong in one step."""
    found, typed = [], False
    if not step.items:
        found.append(f"line {step.line}: this step has nothing for the robot")
    for number, one in enumerate(step.items):
        if number and is_end(step.items[number - 1]):
            found.append(f"line {one.line}: nobody gets here")
        if isinstance(one, Block):
            typed = True
            found += too_long(one)
        elif isinstance(one, Expect | Keep) and not typed:
            found.append(f"line {one.line}: no block of this step stands above")
        found += [f"line {one.line}: there is no step called {name}" for name in goals(one) if name not in names]
    return found


def too_long(block: Block) -> list[str]:
    """Whether a block is more than one types."""
    lines = block.text.splitlines()
    if not block.text:
        return [f"line {block.line}: the block is empty"]
    if len(lines) > LINES or len(block.text) > LONGEST:
        return [f"line {block.line}: a block has at most {LINES} lines and {LONGEST} letters"]
    return []


def goals(one: Item | None) -> list[str]:
    """The steps to which something may lead."""
    if isinstance(one, Expect):
        return goals(one.otherwise)
    if isinstance(one, Action):
        return ([one.target] if one.kind == "go" else []) + goals(one.otherwise)
    return []


def read(text: str) -> Page:
    """Read a page."""
    return Reader().read(text)
