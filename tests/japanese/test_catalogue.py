"""Every sentence that the program can say has its Japanese one, and no Japanese one has lost its source."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from kikori import japanese, paths
from kikori.cli import registry
from kikori.cli.app import app
from kikori.content import Catalog
from kikori.japanese.templates import PLACE, Templates
from kikori.model import Kind, Stage
from kikori.model.track import Unit
from program_texts import normal, template, texts, texts_of

SRC = paths.ROOT / "src" / "kikori"
NOT_YET = (
    "cohort/server",
    "content/lessons/cast.py",
    "content/lessons/instructor_notes.py",
    "design/course_drawing.py",
    "lint",
    "proof_keys",
    "prove",
    "replay",
    "review",
    "scaffold.py",
    "selftest.py",
    "submission/containment_check.py",
    "submission/members.py",
    "submission/senders.py",
    "submission/tar_reader.py",
    "submission/tar_writer.py",
    "submission/unpack.py",
    "submission/zip_directory.py",
)
"""Instructors' and authors' modules, whose errors are in English still; all help is in Japanese."""
LEARNERS_TOO = ("review/feedback.py", "review/quizzes/answers.py", "review/quizzes/marking.py")
NOT_SAID = frozenset(
    {
        # what other programs say or are told
        "Bearer {}",
        "Error response from daemon:",
        "HTTP/1.1 503 Service Unavailable",
        "'self' data:",
        "No space left",
        "all predefined address pools",
        "echo ready; exec cat",
        "install ok installed",
        "model name",
        "no space left on device",
        "not a swarm manager",
        "runc init",
        "unknown field",
        "user {}",
        "exec {}",
        "(Cannot connect to the Docker daemon|docker daemon running)",
        "(port is already allocated|address already in use)",
        "(temporary failure resolving|could not resolve|failed to fetch)",
        "permission denied.*docker.*sock",
        # a style sheet
        "body{}body{max-width:40rem;margin:3rem auto;padding:0 1rem}input,button{}form{}label{}"
        "section+section{margin-top:3rem}",
        # a mark of Markdown
        ".bash {}",
        # names
        "container {}",
        "network {}",
        "volume {}",
        "stack {}",
        "{}mode {}",
        "{}replicas {}",
        "[#{}] {}  ({}, exit {})",
        "score {}",
        "by {}",
        # a commit of the workspace's history
        "Update settings",
        "Work in progress",
        # the head of a file
        "# What one attempt at each lab takes. "
        "Written by benchmarks/sizing.py: measure again in the place of editing.\n"
        "# memory in MiB; images and written in MB; processor at rest in percent of one, of a check in seconds of one.",
        # an example of what a check-in says
        "The page is there",
        # written in both languages where they stand
        "This server holds as many connections as it can: close some of its pages, then open this one again.\n"
        "接続がいっぱいです。このサーバーのページをいくつか閉じてから、もう一度開いてください。",
        "{} processes that have ended and that nobody has collected",
        "{} open descriptors",
        "{} open sockets and pipes",
        "{} KiB on disk or in memory file systems",
        # commands to type, options and all
        "--came-true 1,3",
        ".venv/bin/python benchmarks/sizing.py",
        "{} --worker --master-host MACHINE",
        "{} --file {}",
        "{} --file FILE",
        "{} --help",
    }
)
SCRIPTS = re.compile(r"exec bash --rcfile|^cd \"\$1\"|AppleWebKit|Mozilla|Windows NT|X11;|Macintosh|iPhone;|^curl ")
PAGES = (
    "content/reference.py",
    "site/drawing.py",
    "site/output/minify.py",
    "site/glossary/first_use.py",
    "site/quizzes/rise_chart.py",
    "site/score_chart.py",
)
"""What writes pages, in English or in both languages by itself."""
STATES = ("created", "running", "healthy", "unhealthy", "starting", "restarting", "paused", "removing", "dead")


def modules() -> list[Path]:
    """Every module that says something to a learner, or is an instructor's or an author's and is translated."""
    names = {path: path.relative_to(SRC).as_posix() for path in sorted(SRC.rglob("*.py"))}
    return [
        path for path, name in names.items() if name in LEARNERS_TOO or not (name in PAGES or name.startswith(NOT_YET))
    ]


def said() -> Counter[str]:
    """Count the sentences of the code, as they are compared."""
    return Counter(normal(text) for path in modules() for text in texts_of(path) if not SCRIPTS.search(text))


def known() -> set[str]:
    return {normal(source) for source in japanese.sentences()}


@pytest.mark.slow
def test_every_sentence_of_the_program_has_its_japanese_one() -> None:
    missing = sorted(set(said()) - known() - NOT_SAID)
    assert not missing, "write them into src/kikori/japanese/: " + "\n".join(missing)


@pytest.mark.slow
def test_nothing_is_left_out_that_no_code_has() -> None:
    assert not NOT_SAID - set(said())
    assert all((SRC / name).exists() for name in (*NOT_YET, *LEARNERS_TOO, *PAGES))


@cache
def words() -> frozenset[str]:
    """The literal parts of all texts of the code, whoever says them: no entry is kept that nothing says."""
    found = set[str]()
    for path in SRC.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {normal(text) for text in texts(tree)}
        found |= {normal(str(node.value)) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        found |= {normal(template(node)) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    return frozenset(found)


@pytest.mark.slow
def test_no_japanese_sentence_has_lost_its_source() -> None:
    ours = {normal(source): source for file in ("help", "results", "errors", "steps") for source in of(file)}
    stale = sorted(source for key, source in ours.items() if key not in words() | COMPOSED)
    assert not stale, "nothing says these any more:\n" + "\n".join(stale)


def of(name: str) -> dict[str, str]:
    """One file of the catalogue."""
    import tomllib

    return tomllib.loads((japanese.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


COMPOSED = frozenset(
    {
        # put together of several places in the code
        "{} min",
        "{} s",
        "{} d",
        "{}, line {}",
        *(f"{unit} {{}}" for unit in Unit),
        *(f"{{}} × {unit}, {{}} hours in all" for unit in Unit),
        "no finding, {} warning",
        "no finding, {} warnings",
        "{} findings, {} warning",
        "{} findings, {} warnings",
        "install {} with apt? [Y/n]",
        "add {} to the group {}, which may do on this machine what root may? [Y/n]",
        "{}: {} marks",
        "{}: {} marks by {}",
        "removing",  # the engine's own word
        "{} words; at least {} are needed for somebody who was not there",
        "{} characters; at least {} are needed for somebody who was not there",
        # the operating system's own words, which errors quote
        "No such file or directory",
        "Permission denied",
        "Is a directory",
        "Not a directory",
        "File exists",
        "No space left on device",
        "Read-only file system",
    }
)


def test_no_sentence_stands_in_two_files() -> None:
    files = [file.stem for file in japanese.FOLDER.glob("*.toml")]
    twice = [
        source for source, count in Counter(one for file in files for one in map(normal, of(file))).items() if count > 1
    ]
    assert not twice


def test_both_have_the_same_places_and_each_is_found_by_its_text() -> None:
    wrong = {source: target for source, target in japanese.sentences().items() if not _agree(source, target)}
    assert not wrong


def _agree(source: str, target: str) -> bool:
    """Fill the places of both with values that no sentence has, and translate the one into the other."""
    places = set(PLACE.findall(source))
    values = {name: f"\N{WHITE SQUARE}{number}" for number, name in enumerate(sorted(places))}
    filled, wanted = (PLACE.sub(lambda found: values.get(found[1], "?"), text) for text in (source, target))
    told = japanese.translated(filled, "ja"), japanese.translated(filled, "en")
    return places == set(PLACE.findall(target)) and told == (wanted, filled)


def test_japanese_is_written_as_the_house_writes_it() -> None:
    wrong = [target for target in japanese.sentences().values() if MARKS.search(target)]
    assert not wrong


MARKS = re.compile(
    r"[ぁ-んァ-ヶ一-龠][?!]|"  # half-width marks
    r"[ぁ-んァ-ヶー一-龠][A-Za-z`]|[A-Za-z`][ぁ-んァ-ヶー一-龠]|"  # no blank between Japanese and Latin letters
    r"(?<![\w.-])\d+ [ぁ-んァ-ヶ一-龠]"
    r"|コンテナー|メモリー|ディレクトリー|レジストリー|リポジトリー|ブラウザー|エディター|サーバ[^ー]|ユーザ[^ー]"
)


def test_every_help_is_in_japanese() -> None:
    import typer

    registry.load()

    def helps(command: object) -> list[str]:
        own = [getattr(command, "help", "") or ""]
        own += [getattr(one, "help", "") or "" for one in getattr(command, "params", [])]
        below = [text for one in getattr(command, "commands", {}).values() for text in helps(one)]
        return own + below

    english = {text for text in helps(typer.main.get_command(app)) if text and japanese.translated(text, "ja") == text}
    assert not english


def test_every_word_of_a_state_is_in_japanese() -> None:
    states = [*(one.value for one in Kind), *(one.value for one in Stage), *STATES, *(f"{one} 3" for one in Unit)]
    assert not [state for state in states if japanese.translated(state, "ja") == state]


@pytest.mark.slow
def test_no_name_in_a_lab_is_taken_for_a_word_of_the_program() -> None:
    labs = Catalog().labs()
    names = {lab.id for lab in labs} | {fault for lab in labs for fault in lab.faults}
    assert not names & {source for source in japanese.sentences() if not PLACE.search(source)}


def test_the_longest_sentence_is_meant() -> None:
    both = Templates({"{a} failed": "{a} 失敗", "the build of {a} failed": "{a} の構築に失敗"})
    assert both.translated("the build of web failed") == "web の構築に失敗"


def test_a_value_that_is_a_sentence_is_translated_and_a_name_is_not() -> None:
    both = Templates({"Not sent: {why}": "送っていません: {why}", "no answer at all": "応答なし", "time": "時間"})
    assert both.translated("Not sent: no answer at all") == "送っていません: 応答なし"
    assert both.translated("Not sent: time") == "送っていません: time"


def test_a_column_stays_as_wide_as_it_was() -> None:
    both = Templates({"{a} and all of {b}": "{a} と {b} のすべて", "is well now": "正常"})
    assert both.translated("  is well now   and all of x") == "  正常          と x のすべて"


def test_another_wording_and_a_new_sentence_are_found() -> None:
    tree = ast.parse("def f(x):\n    raise KikoriError(f'{x.name} went away.', 'kikori list')\n")
    assert set(texts(tree)) == {"{name} went away."}
