"""The commands of a shell script, near enough to compare them with a text."""

from __future__ import annotations

import re

HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1(?P<rest>[^\n]*)\n.*?^\s*\2\s*$", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"'[^']*'|\"(?:\\.|[^\"\\])*\"")
BETWEEN = re.compile(r"&&|\|\||[;|&\n(){}]")
LEADING = re.compile(r"^(?:(?:do|then|else|elif|if|while|until|exec|sudo|time|!)\s+|\w+=\S*\s+)+")
NO_COMMAND = re.compile(r"^(?:for|case|esac|done|fi|do|then|else|in)\b|^\w+=\S*$|^[<>\d]")


def commands(text: str) -> tuple[str, ...]:
    """Every command of a script with its arguments, one space between the words; what it writes to files is none."""
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    code = HEREDOC.sub(lambda found: found["rest"], code.replace("\\\n", " "))
    quoted = QUOTED.findall(code)
    masked = QUOTED.sub("\0", code)
    remaining = iter(quoted)
    pieces = [re.sub("\0", lambda _: next(remaining), piece) for piece in BETWEEN.split(masked)]
    cleaned = (LEADING.sub("", " ".join(piece.split())) for piece in pieces)
    return tuple(piece for piece in cleaned if piece and not NO_COMMAND.match(piece))


def written(text: str) -> tuple[str, ...]:
    """What a script writes out as here-documents."""
    return tuple(found[0] for found in HEREDOC.finditer(text))


def told_in(text: str, command: str) -> str:
    """What a text tells of a command: the command, or its first two words; empty when it tells nothing.

    A command of one word counts only where the text marks it as code.
    """
    plain = " ".join(text.replace("`", " ").split())
    words = command.split(" ")
    if len(words) == 1:
        return command if f"`{command}`" in text else ""
    beginning = " ".join(words[:2])
    return beginning if re.search(rf"(?<![\w./-]){re.escape(beginning)}(?![\w-])", plain) else ""
