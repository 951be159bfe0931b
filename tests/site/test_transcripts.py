"""Commands look like commands on every page, and what a lesson asks a guess for is kept back in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kikori import paths
from kikori.site.assembly import tree
from kikori.site.content import Content
from kikori.site.transcripts import with_transcripts

KEPT_BACK = '<div class="kikori-printed kikori-asked" markdown>'
PRINTED = '<div class="kikori-printed" markdown>'
PAIR = "{}\n\n```{{.bash .run}}\nls\n```\n\n```text\nlist\n```\n"
RECORDED = re.compile(r"^```(?:bash|\{\.bash .*?\}|sql)\n(?:(?!```).*\n)*?```\n\n```text$", re.MULTILINE)
ASKING = "**How many?**\n\n```bash\nls\n```\n\n"


@pytest.mark.parametrize(
    ("above", "kept"),
    [
        ("First. **How many will there be?**", True),
        ("First. **How many**, and which?", True),
        ("**Guess two things:** this, and that.", True),
        ("**いくつあるだろうか。**", True),
        ("**いくつあるだろうか**（列 `r`）。", True),
        ("**三つを予想しよう。**", True),
        ("Then **restic** keeps several days:", False),
        ("How many?", False),
        ("**How many?**\n\nLook at it now:", False),
        ("## A heading", False),
    ],
)
def test_an_output_is_kept_back_where_the_paragraph_above_asks(above: str, kept: bool) -> None:
    page = with_transcripts(PAIR.format(above), asking=True)
    assert (KEPT_BACK in page) is kept
    assert (PRINTED in page) is not kept
    assert "```{.bash .run .kikori-command}\nls\n```" in page


def test_a_guide_asks_for_no_guess() -> None:
    assert PRINTED in with_transcripts(PAIR.format("**Which?**"), asking=False)


@pytest.mark.parametrize(
    ("page", "there"),
    [
        ("```bash\nls\n```\n", "```{.bash .kikori-command}\nls\n```\n"),
        ("```sh\nls\n```\n", "```{.bash .kikori-command}\nls\n```\n"),
        ("1. so:\n\n    ```sh\n    ls\n    ```\n", "1. so:\n\n    ```{.bash .kikori-command}\n    ls\n    ```\n"),
        ("```{.bash .run .host}\nls\n```\n", "```{.bash .run .host .kikori-command}\nls\n```\n"),
    ],
)
def test_every_fence_of_commands_is_one(page: str, there: str) -> None:
    assert with_transcripts(page, asking=True) == there


@pytest.mark.parametrize(
    "page",
    [
        "````text\n```bash\nls\n```\n\n```text\na\n```\n````\n",
        "**What?**\n\n```toml\na = 1\n```\n\n```text\na\n```\n",
        "```text\na -> b\n```\n",
    ],
)
def test_what_is_no_command_stays_as_it_is(page: str) -> None:
    assert with_transcripts(page, asking=True) == page


def test_what_is_typed_at_the_prompt_of_a_command_belongs_to_it() -> None:
    page = with_transcripts(ASKING + "```sql\nSELECT 1;\n```\n\n```text\n1\n```\n", asking=True)
    assert "```{.sql .kikori-inner .kikori-command}\nSELECT 1;\n```" in page
    assert KEPT_BACK in page
    assert "kikori-command" not in with_transcripts("The file:\n\n```sql\nSELECT 1;\n```\n", asking=True)


def test_text_that_does_not_follow_at_once_is_no_output() -> None:
    page = ASKING + "A picture of it:\n\n```text\na -> b\n```\n"
    assert "kikori-printed" not in with_transcripts(page, asking=True)


def outputs(page: bytes) -> list[str]:
    """The outputs of an assembled page, in their order, each as kept back or not."""
    return re.findall(r'<div class="kikori-printed[^>]*>', page.decode())


@pytest.mark.slow
def test_both_languages_keep_the_same_back(real: Content) -> None:
    pages = tree(real)
    lessons = [name for name in pages if re.fullmatch(r"courses/.+/how\.md", name)]
    assert lessons
    differ = [name for name in lessons if outputs(pages[name]) != outputs(pages[name.replace(".md", ".ja.md")])]
    assert not differ
    kept = [name for name in lessons if KEPT_BACK in outputs(pages[name])]
    assert len(kept) > len(lessons) * 0.8


@pytest.mark.parametrize("page", sorted(paths.ROOT.glob("courses/*/*/how*.md")), ids=lambda page: page.parent.name)
def test_every_recorded_output_of_a_lesson_hangs_below_its_command(page: Path, real: Content) -> None:
    source = page.read_text(encoding="utf-8")
    assert len(outputs(with_transcripts(source, asking=True).encode())) == len(RECORDED.findall(source))
