"""Commands of a page and what they printed: marked as such, and kept back where the page asks for a guess first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

FENCE = re.compile(
    r"^(?P<indent> *)(?P<marks>`{3,})(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)(?P=marks) *$",
    re.MULTILINE | re.DOTALL,
)
COMMANDS = re.compile(r"(?:bash|sh|\{\.bash (?P<classes>[^}]*)\})")
"""What a fence of commands is opened with."""
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
    fences = [*FENCE.finditer(page)]
    outputs = {after.start(): before for before, after in pairwise(fences) if _is_output(page, before, after)}
    done = 0
    for fence in fences:
        yield page[done : fence.start()]
        done = fence.end()
        if fence.start() in outputs:
            asked = asking and asks(page[: outputs[fence.start()].start()])
            yield BLOCK.format(ASKS if asked else PRINTED, fence[0])
        else:
            yield _marked(fence)
    yield page[done:]


def _is_output(page: str, before: re.Match[str], after: re.Match[str]) -> bool:
    between = page[before.end() : after.start()]
    return between == "\n\n" and after["info"] == "text" and not after["indent"] and _is_commands(before)


def _is_commands(fence: re.Match[str]) -> bool:
    return COMMANDS.fullmatch(fence["info"]) is not None


def _marked(fence: re.Match[str]) -> str:
    found = COMMANDS.fullmatch(fence["info"])
    if found is None:
        return fence[0]
    classes = f"{found['classes'] or ''} .kikori-command".strip()
    opening = f"{fence['indent']}{fence['marks']}"
    return f"{opening}{{.bash {classes}}}\n{fence['text']}{opening}"


def asks(before: str) -> bool:
    """Whether the text before some commands ends in a paragraph that asks for a guess."""
    paragraph = before.rstrip().rsplit("\n\n", 1)[-1]
    return "**" in paragraph and QUESTION.search(paragraph.replace("**", "")) is not None
