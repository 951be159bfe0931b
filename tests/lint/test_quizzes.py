"""A quiz keeps its answers from being guessed, and the two tests of a class can be compared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.quizzes import FOLDER
from kikori.lint import lint

pytestmark = pytest.mark.slow

Spoil = Callable[[str], str]


@pytest.fixture
def root(content: Path) -> Path:
    """A root with the quizzes and the modules that they ask for."""
    for toml in (*paths.ROOT.glob("courses/*/course.toml"), *paths.ROOT.glob("courses/*/*/module.toml")):
        target = content / toml.relative_to(paths.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(toml, target)
    shutil.copytree(paths.ROOT / FOLDER, content / FOLDER)
    return content


def found(root: Path) -> list[tuple[str, str, str]]:
    said = lint(Catalog([root]), tool=None)
    rows = [(one.rule, Path(one.file).name, one.message) for one in said.findings]
    return [row for row in rows if row[0].startswith("quiz")]


def replaced(old: str, new: str, count: int = 1) -> Spoil:
    def spoil(text: str) -> str:
        assert old in text
        return text.replace(old, new, count)

    return spoil


def without_output(text: str) -> str:
    return re.sub(r"output = '''.*?'''\n", "", text, flags=re.DOTALL)


def right_first(text: str) -> str:
    return re.sub(r'right = "."', 'right = "a"', text)


def without_last(text: str) -> str:
    return text[: text.rindex("[[questions]]")]


def long_right(text: str) -> str:
    """Make each right option the longest one."""
    for block in text.split("[[questions]]")[1:]:
        place = "abcd".index(re.search(r'right = "(.)"', block)[1])  # type: ignore[index]
        options = [line for line in block.splitlines() if line.startswith("  {")]
        if len(options) == 4:
            longer = re.sub(r'(en|ja) = "', rf'\1 = "{"long " * 30}', options[place])
            text = text.replace(options[place], longer, 1)
    return text


def test_the_quizzes_as_they_are_keep_every_rule(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("file", "spoil", "rule", "said"),
    [
        ("pre", replaced('kind = "pre"', 'kind = "prae"'), "quiz-well-formed", "prae"),
        ("pre", replaced('"backup-success"', '"tidy-in-the-wrong-place"'), "quiz-ids-unique", "2 questions are called"),
        (
            "pre",
            replaced("a script stops at the first error.", "`rm -f` found no file to delete."),
            "quiz-options-differ",
            "tidy-in-the-wrong-place",
        ),
        ("week-1", replaced("linux/processes", "linux/proceses"), "quiz-objective-known", "linux/proceses"),
        ("ready", replaced('objective = "sql"', 'objective = "sqlite"'), "quiz-objective-known", "sqlite"),
        (
            "ready",
            lambda text: re.sub(r"^read = .*$", "", text, count=1, flags=re.M),
            "quiz-self-test-sends",
            "nowhere",
        ),
        ("post", right_first, "quiz-right-scattered", "a is right in 20 questions"),
        ("post", long_right, "quiz-right-not-longest", "the longest in 20 questions (ja)"),
        ("post", without_last, "quiz-compared-whole", "19 questions"),
        ("post", without_output, "quiz-compared-whole", "20 questions, 0 with an output"),
        (
            "post",
            replaced('"linux/processes"', '"linux/kernel-parameters"'),
            "quiz-pair-of-one-aim",
            "other objectives",
        ),
        (
            "week-2",
            replaced(', ja = "何も飽和していない。CPU は空いている。"', ""),
            "quiz-in-both-languages",
            "Nothing:",
        ),
    ],
)
def test_what_spoils_a_quiz_is_told(root: Path, file: str, spoil: Spoil, rule: str, said: str) -> None:
    toml = root / FOLDER / f"{file}.toml"
    toml.write_text(spoil(toml.read_text(encoding="utf-8")), encoding="utf-8")
    told = found(root)
    assert [row for row in told if row[:2] == (rule, f"{file}.toml") and said in row[2]], told


def test_a_question_of_the_first_test_is_not_asked_again(root: Path) -> None:
    text = (root / FOLDER / "pre.toml").read_text(encoding="utf-8")
    (root / FOLDER / "post.toml").write_text(text.replace('kind = "pre"', 'kind = "post"'), encoding="utf-8")
    assert ("quiz-pair-of-other-questions", "post.toml", "20 questions of pre again") in found(root)
