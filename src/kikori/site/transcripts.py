"""Commands of a page and what they printed: marked as such, and kept back where the page asks for a guess first."""

from __future__ import annotations

import re
from collections.abc import Iterator

FENCE = re.compile(
    r"^(?P<indent> *)(?P<marks>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)(?P=marks) *$",
    re.MULTILINE | re.DOTALL,
)
COMMANDS = re.compile(r"(?:bash|sh|\{\.bash (?P<classes>[^}]*)\})")
"""What a fence of commands is opened with."""
AT_ITS_PROMPT = "sql"
"""What is typed at the prompt of a program, where it stands right below the command that starts it."""
QUESTION = re.compile(r"[?？]|か[。、（）」]|[Gg]uess|予想")
"""What a paragraph holds that asks for a guess, beside the bold words: others are bold for their weight."""
BLOCK = '<div class="{}" markdown>\n\n{}\n\n</div>'
ASKS, PRINTED = "kikori-printed kikori-asked", "kikori-printed"


def with_transcripts(page: str, *, asking: bool) -> str:
    """Mark the commands of a page, and the output that stands right below them.

    A lesson asks for a guess in bold words, in the paragraph above the commands; ``asking`` is for a page that does.
    """
    return "".join(_parts(page, asking=asking))


def _parts(page: str, *, asking: bool) -> Iterator[str]:
    done, first = 0, None
    for fence in FENCE.finditer(page):
        before, done = page[done : fence.start()], fence.end()
        follows = first is not None and before == "\n\n"
        yield before
        if follows and fence["info"] == "text" and not fence["indent"]:
            yield BLOCK.format(ASKS if asking and asks(page[:first]) else PRINTED, fence[0])
            first = None
        elif classes := _classes(fence["info"], follows=follows):
            yield _opened(fence, classes)
            first = first if follows else fence.start()
        else:
            yield fence[0]
            first = None
    yield page[done:]


def _classes(info: str, *, follows: bool) -> str:
    """The classes of a fence of commands; none where it is something else."""
    if found := COMMANDS.fullmatch(info):
        return f".bash {found['classes'] or ''}".strip()
    return ".sql .kikori-inner" if follows and info == AT_ITS_PROMPT else ""


def _opened(fence: re.Match[str], classes: str) -> str:
    marks = f"{fence['indent']}{fence['marks']}"
    return f"{marks}{{{classes} .kikori-command}}\n{fence['text']}{marks}"


def asks(before: str) -> bool:
    """Whether the text before some commands ends in a paragraph that asks for a guess."""
    paragraph = before.rstrip().rsplit("\n\n", 1)[-1]
    return "**" in paragraph and QUESTION.search(paragraph.replace("**", "")) is not None
