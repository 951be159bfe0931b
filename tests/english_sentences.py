"""English sentences in what a reader of Japanese is shown; commands, paths, options and names are no sentences."""

from __future__ import annotations

import re

TYPED = re.compile(
    r"```[\s\S]*?```|`[^`\n]*`"  # code
    r"|「[^」]*」（英語）"  # the title of a page in English
    r"|^\s*→ \S*kikori [^\n、。]*|^次: [^\n]*|^\s*\$ [^\n]*"  # what to type next
    r"|^使い方: [^\n]*"  # a command's form
    r"|^ *\[#\d+\][^\n]*"  # a line of the trail
    r"|https?://\S+|\S*/\S+|--?[\w-]+|\[[^\]\n]*\]|<[^>\n]*>",
    re.MULTILINE,
)
SENTENCE = re.compile(r"(?<![\w.'-])[A-Za-z][A-Za-z'’]+(?:[ ,;:]+[A-Za-z][A-Za-z'’]*){2,}")
"""Three words of Latin letters in a row."""
NAMES = re.compile(r"Docker Compose|GitHub Actions")


def english_in(told: str) -> list[str]:
    """Find what looks like a sentence in English."""
    return SENTENCE.findall(NAMES.sub("", TYPED.sub("、", told)))
