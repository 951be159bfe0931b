"""Each difference between the two languages of a page is found, and the real pages have none."""

from pathlib import Path

import pytest

from kikori import paths
from kikori.site.translation_parity import Finding, What, findings, shape_of

PAGE = """# Title

See [the lab](../labs/a/task.md) and <https://example.org/>.

## Part

```bash
echo hello
```

```text
hello
```

```mermaid
flowchart TB
  a["one"] -- then --> b["two"]
  a -. maybe .-> b
```
"""


def write(root: Path, english: str, japanese: str | None, place: str = "courses/c/m/why.md") -> None:
    page = root / place
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(english)
    if japanese is not None:
        page.with_name(page.name.removesuffix(".md") + ".ja.md").write_text(japanese)


def compared(root: Path, old: str, new: str) -> list[Finding]:
    """The findings after the Japanese page was changed."""
    assert old in PAGE
    write(root, PAGE, PAGE.replace(old, new))
    return findings(root)


@pytest.mark.slow
def test_the_real_pages_agree() -> None:
    assert findings(paths.ROOT) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("## Part", "### Part", What.HEADINGS),
        ("## Part\n", "", What.HEADINGS),
        ("echo hello", "echo こんにちは", What.CODE),
        ("```bash", "```sh", What.CODE),
        ("```text\nhello\n```\n", "", What.CODE),
        ("```text\nhello", "```text\nhallo", What.CODE),
        ("a -. maybe .-> b", "b -. maybe .-> a", What.CODE),
        ("../labs/a/task.md", "../labs/b/task.md", What.LINKS),
        (" and <https://example.org/>", "", What.LINKS),
    ],
)
def test_each_difference_is_found(tmp_path: Path, old: str, new: str, what: What) -> None:
    found = compared(tmp_path, old, new)
    assert [(finding.page, finding.what) for finding in found] == [("courses/c/m/why.md", what)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Title", "# 題名"),
        ('a["one"] -- then --> b["two"]', 'a["一"] -- それから --> b["二"]'),
        ("-. maybe .->", "-. たぶん .->"),
        (
            "See [the lab](../labs/a/task.md) and <https://example.org/>",
            "<https://example.org/> と [ラボ](../labs/a/task.md)",
        ),
        ("See ", "`[code](not/a/link.md)` "),
    ],
)
def test_words_may_differ(tmp_path: Path, old: str, new: str) -> None:
    assert compared(tmp_path, old, new) == []


def test_a_finding_says_what_each_language_has(tmp_path: Path) -> None:
    (found,) = compared(tmp_path, "echo hello", "echo bye")
    assert "echo hello" in found.detail
    assert "echo bye" in found.detail


@pytest.mark.parametrize("place", ["docs/learner.md", "courses/c/m/how.md", "labs/l/task.md", "labs/l/debrief.md"])
def test_a_page_without_its_sibling_is_found(tmp_path: Path, place: str) -> None:
    write(tmp_path, PAGE, None, place)
    assert [(finding.page, finding.what) for finding in findings(tmp_path)] == [(place, What.SIBLING)]


def test_a_sibling_without_its_page_is_found(tmp_path: Path) -> None:
    write(tmp_path, PAGE, PAGE)
    (tmp_path / "courses/c/m/why.md").unlink()
    assert [finding.detail for finding in findings(tmp_path)] == ["why.md is missing"]


@pytest.mark.parametrize(
    "place", ["docs/adr/0001-a-choice.md", "docs/cli.md", "docs/lab-toml.md", "labs/l/images/web/notes.md"]
)
def test_some_pages_are_english_only(tmp_path: Path, place: str) -> None:
    write(tmp_path, PAGE, None, place)
    assert findings(tmp_path) == []


def test_code_in_a_list_and_a_longer_fence_are_read() -> None:
    shape = shape_of("1. so:\n\n    ```sh\n    ls\n    ```\n\n````{.bash .run}\necho '```'\n````\n\n# After\n")
    assert [(code.info, code.text) for code in shape.code] == [("sh", "ls"), ("{.bash .run}", "echo '```'")]
    assert shape.headings == (1,)
