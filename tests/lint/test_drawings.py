"""The rules of a course's drawing, broken one by one; and the drawing that the author's guide shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.design.course_drawing import FILE, LONGEST, wrong_with
from kikori.lint import lint
from kikori.lint.finding import Finding

pytestmark = pytest.mark.slow

COURSE = "courses/start-here"


def told(content: Path, rule: str) -> list[Finding]:
    found = lint(Catalog([content]), tool=None)
    return [one for one in (*found.findings, *found.warnings) if one.rule == rule]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('role="img"', "", 'no role="img" with viewBox="0 0 320 160"'),
        ('viewBox="0 0 320 160"', 'viewBox="0 0 300 160"', 'no role="img" with viewBox="0 0 320 160"'),
        ('<title xml:lang="ja">', '<title xml:lang="fr">', "no <title> in ja"),
        ('<desc xml:lang="en">', "<desc>", "no <desc> in en"),
        ('fill="none"', 'fill="#fff"', 'fill="#fff" is no colour of tokens.css, such as var(--brand, currentColor)'),
        ("var(--brand, ", "var(--brown, ", 'stroke="var(--brown, currentColor)" is no colour of tokens.css, such as'),
        ("</svg>", "<script>1</script></svg>", "<script> is not among circle, desc, ellipse"),
        ("</svg>", '<g onclick="a()" style="b" /></svg>', "<g> has onclick, style"),
        ("</svg>", f"<!--{'x' * LONGEST}--></svg>", f" bytes; {LONGEST} at most"),
        ("</svg>", "", "no SVG: "),
    ],
)
def test_a_drawing_out_of_form_is_a_finding(content: Path, old: str, new: str, said: str) -> None:
    file = content / COURSE / FILE
    text = file.read_text(encoding="utf-8")
    assert told(content, "drawing-in-form") == []
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    (found,) = told(content, "drawing-in-form")
    assert found.file == str(file)
    assert said in found.message


def test_a_course_without_a_drawing_is_a_warning(content: Path) -> None:
    assert told(content, "course-drawn") == []
    (content / COURSE / FILE).unlink()
    (found,) = told(content, "course-drawn")
    assert (found.file, found.message) == (str(content / COURSE), f"start-here has no {FILE}")
    assert not lint(Catalog([content]), tool=None).findings, "a course may lack it for a while"


@pytest.mark.parametrize("guide", ["author.md", "author.ja.md"])
def test_the_drawing_in_the_authors_guide_is_in_form(guide: str, tmp_path: Path) -> None:
    (shown,) = re.findall(r"```xml\n(<svg.+?)```", (paths.ROOT / "docs" / guide).read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / FILE).write_text(shown, encoding="utf-8")
    assert [*wrong_with(tmp_path / FILE)] == []
