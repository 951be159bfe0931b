"""Each point of a list stands on a line of its own: wrapping lines anew has once joined some."""

from __future__ import annotations

import re

import pytest

from kikori import paths

PAGES = [
    page
    for folder in ("courses", "labs", "docs", "graders")
    for page in sorted((paths.ROOT / folder).rglob("*.md"))
    if not {"workspace", "images", "fixes", "traps"} & {*page.parts}
]
CODE = re.compile(r"^ *(```|~~~).*?^ *\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
JOINED = re.compile(r"[.:;!?)\"”。] - (?=[A-Z*X\u3040-\u9fff])|[.;。] -$", re.MULTILINE)
"""A point behind another one; code is an X."""


def joined(text: str) -> list[str]:
    """Give the beginnings of points that stand in the line of another one."""
    prose = CODE.sub("X", text)
    return [prose[found.start() : found.end() + 30] for found in JOINED.finditer(prose)]


@pytest.mark.parametrize("text", ["- One. - Two", "- one;\n  and more; -\n  two", "- `a`. - `b`", "- 一つ。 - 二つ"])
def test_a_point_behind_another_is_found(text: str) -> None:
    assert joined(text)


@pytest.mark.parametrize("text", ["- One.\n- Two", "a - b", "```\n$ tar x; - y\n```", "say `a. - B`", "5 - 3 = 2."])
def test_other_dashes_are_none(text: str) -> None:
    assert not joined(text)


@pytest.mark.slow
def test_no_page_has_two_points_in_a_line() -> None:
    assert len(PAGES) > 900
    assert {str(page): found for page in PAGES if (found := joined(page.read_text(encoding="utf-8")))} == {}
