"""A learner who reads Japanese alone: from the first help to a submission, no sentence is in English."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from english_sentences import english_in
from kikori.attempts import Store
from kikori.engine.cleanup import sweep

pytestmark = pytest.mark.slow

LAB = "first-look"
FIX = "mv /srv/www/.index.html.bak-* /srv/www/index.html"
SEEN = "## 見えたこと <!-- seen -->\n時刻表を開いた利用者には、時刻表の代わりにエラーページが見えていた。\n"
EVIDENCE = (
    "## 証拠 <!-- evidence -->\nフォルダーの一覧 [#1] を見ると、ページは消えたのではなく、別の名前になっていた。\n"
)
STOP_GAP = (
    "## 応急処置 <!-- stop-gap -->\nバス停に時刻を書いた紙を貼る。古くなると誤りなので、ページが戻ったらはがす。\n"
)
WHY = "## 理由 <!-- why -->\nページを元の名前に戻した。nginx はフォルダーでは index.html を探すので、また見つかる。\n"

Said = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def said(own_places: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Said]:
    """Type a command as a reader of Japanese does; no English sentence may come of it."""
    for name in ("KIKORI_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.setenv("PYTHONUTF8", "1")

    def run(*words: str, stdin: str = "", ends: int = 0) -> subprocess.CompletedProcess[str]:
        argv = [sys.executable, "-m", "kikori", *words]
        done = subprocess.run(argv, input=stdin, capture_output=True, text=True, cwd=own_places, check=False)
        assert done.returncode == ends, done.stdout + done.stderr
        assert not english_in(done.stdout + "\n" + done.stderr), (words, done.stdout, done.stderr)
        return done

    yield run
    for attempt in Store().all():
        sweep(attempt.project)


@pytest.mark.docker
@pytest.mark.stands_on(LAB)
def test_whole_way_is_in_japanese(said: Said) -> None:
    said("--help")
    said("list")
    said("doctor")
    assert "動いているラボはありません" in said("check", ends=2).stderr
    assert "サービスの起動" in said("start", LAB).stderr
    assert "挑戦はすでに始まっています" in said("start", LAB, ends=2).stderr
    said("hint", ends=2)
    said("explain", "--file", "-", ends=2)
    said("break", "--fault", "nothing-like-that", ends=2)
    said("break", "--fault", "missing-page")
    said("shell", "nowhere", ends=2)
    said("shell", "--", "ls", "-a", "/srv/www")
    assert "のチェックのうち" in said("check", ends=1).stdout
    said("debrief", ends=2)
    said("hint")
    assert "障害中" in said("status").stdout
    said("pause")
    said("check", ends=2)
    said("resume")
    said("shell", "--", "sh", "-c", FIX)
    done = said("check")
    assert re.search(r"\d+件のチェックがすべて通りました（", done.stdout)
    assert "すべてのサービスの再起動" in done.stderr
    said("submit", ends=2)
    said("diagnose")
    said("diagnose", "--component", "web", "--cause", "file-missing")
    said("diagnose", "--component", "moon", ends=2)
    refused = said("explain", "--file", "-", stdin=SEEN + EVIDENCE.replace("#1", "#99") + STOP_GAP, ends=1)
    assert "操作の記録にありません" in refused.stdout
    assert "説明が受け付けられました" in said("explain", "--file", "-", stdin=SEEN + EVIDENCE + STOP_GAP + WHY).stdout
    said("debrief")
    said("trail")
    said("incident", "timeline")
    said("submit", "--to", "nowhere", ends=2)
    assert "講師に渡してください" in said("submit").stdout
    assert "を終了しました" in said("stop").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("start",), "足りません"),
        (("start", "nowhere"), "というラボはありません"),
        (("start", "first-look", "--sed", "3"), "というオプションはありません"),
        (("start", "first-look", "--seed", "x"), "整数"),
        (("start", "first-look", "again"), "余分な引数"),
        (("start", "first-look", "--seed"), "値が要ります"),
        (("strat",), "というコマンドはありません"),
        (("list", "--content", "no-such-folder"), "そのフォルダーはありません"),
        (("break", "--fault", "a", "--random"), "一つだけ"),
        (("feedback", "nowhere"), "読めません"),
        (("cohort", "send", "nowhere"), "コホートに参加していません"),
        (("check", "first-look", "--lab", "silent-exit"), "どちらですか"),
    ],
)
def test_what_is_wrong_is_said_in_japanese(said: Said, words: tuple[str, ...], told: str) -> None:
    assert told in said(*words, ends=2).stderr


def all_commands() -> list[tuple[str, ...]]:
    import typer

    from kikori.cli import registry
    from kikori.cli.app import app

    registry.load()

    def below(command: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        groups = getattr(command, "commands", {})
        return [path, *(one for name, inner in groups.items() for one in below(inner, (*path, name)))]

    return below(typer.main.get_command(app), ())


def test_help_of_every_command_is_in_japanese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import typer

    from kikori.cli import help
    from kikori.cli.app import app

    monkeypatch.setenv("KIKORI_LANG", "ja")
    for words in all_commands():
        command = help.speaking(typer.main.get_command(app))
        command.main([*words, "--help"], prog_name="kikori", standalone_mode=False)
        told = capsys.readouterr().out
        assert told.startswith("使い方: kikori")
        assert not english_in(told), told


@pytest.mark.parametrize("words", [("--lang", "ja", "list"), ("list", "--lang=ja"), ("list", "--lang", "ja")])
def test_language_is_taken_wherever_it_stands(own_places: Path, words: tuple[str, ...]) -> None:
    environment = {**os.environ, "KIKORI_LANG": "en", "PYTHONUTF8": "1"}
    argv = [sys.executable, "-m", "kikori", *words]
    done = subprocess.run(argv, capture_output=True, text=True, cwd=own_places, env=environment, check=False)
    assert "難しさ" in done.stdout
    helped = subprocess.run([*argv, "--help"], capture_output=True, text=True, env=environment, check=False)
    assert helped.stdout.startswith("使い方")


def test_what_follows_two_dashes_asks_for_no_language(own_places: Path) -> None:
    argv = [sys.executable, "-m", "kikori", "shell", "--", "ls", "--lang", "ja"]
    done = subprocess.run(argv, capture_output=True, text=True, cwd=own_places, check=False)
    assert "No lab is running." in done.stderr


def test_english_is_seen() -> None:
    assert english_in("直りました。 Your explanation is accepted.") == ["Your explanation is accepted"]
    assert not english_in("`kikori list` で Docker Engine を確かめ、\n  → ./kikori start first-look --yes")
