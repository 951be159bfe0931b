"""The rules of hints and causes: near, and never the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.lint.subjects.texts import shared_run

from .spoiling import LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

TOML = f"{LAB}/lab.toml"
FIRST = "Start where the users are"
FIRST_JA = "まず利用者と同じ場所から見る"
LAST = "Look at the file's owner and mode."
CAUSE = "The page belongs to root and nobody else may read it"
CAUSE_JA = "ページの所有者は root で、ほかの誰も読めない"


def hint(rule: str, old: str, new: str, mend: str) -> Spoil:
    return Spoil(rule, TOML, old, new, mend, at=new)


RUNG = """[[hints]]
en = "The web server writes down why it refused. Look into its error log inside the service `web`; if nothing answers at all, ask the service supervisor what it is doing."
ja = "Web サーバーは断った理由を書き残している。サービス `web` の中のエラーログを見よう。そもそも誰も答えないなら、プロセスを見張っている supervisor に様子を聞こう。"

"""  # noqa: E501

SPOILS = [
    hint("vague-rung-first", FIRST, "Start in `/srv/www`", "ask a question first"),
    hint("vague-rung-first", FIRST_JA, "/srv/www を見る", "ask a question first"),
    hint("vague-rung-first", FIRST, "Start with `root`", "move the hint down"),
    hint("hint-without-command", LAST, "Type `chmod 644` and its name.", "name the resource"),
    hint("hint-without-command", LAST, "Try chgrp www-data on it.", "name the resource"),
    hint("hint-without-command", "ファイルの所有者とモードを見よう。", "`chmod 640` を使おう。", "name the resource"),
    hint("hint-without-command", FIRST, "Start with sv restart nginx", "name the resource"),
    hint("cause-not-told", FIRST, CAUSE, "say what users see"),
    hint("cause-not-told", FIRST_JA, CAUSE_JA, "say what users see"),
    hint("cause-not-told", "What did you change, and why", f"{CAUSE}. Why", "say what users see"),
    hint("cause-not-told", "The village bus timetable is down.", "Nobody else may read it now.", "say what users see"),
    hint("cause-not-told", 'en = "First look"', 'en = "The page was renamed"', "say what users see"),
    Spoil("cause-not-told", f"{LAB}/task.md", "Nobody else is on duty.", f"{CAUSE}.", "say what users see"),
    Spoil(
        "cause-not-told", f"{LAB}/task.md", "Nobody else is on duty.", "The page belongs to\nroot.", "what users see"
    ),
    Spoil("cause-not-told", f"{LAB}/task.ja.md", "使えるもの:", f"{CAUSE_JA}。", "say what users see"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


def test_short_ladder_is_found_for_each_fault(content: Path, lab: Path) -> None:
    Spoil("", TOML, RUNG, "", "").carry_out(content)
    found = look(content)
    assert [(one.rule, one.fix) for one in found] == [
        ("three-rungs", f"write [[faults.{fault}.hints]] until there are 3")
        for fault in ("missing-page", "closed-page", "half-edit")
    ]
    lines = (lab / "lab.toml").read_text(encoding="utf-8").splitlines()
    assert [lines[(one.line or 0) - 1] for one in found] == [
        "[faults.missing-page]",
        "[faults.closed-page]",
        "[faults.half-edit]",
    ]


def test_last_hint_must_say_where_to_look(content: Path) -> None:
    Spoil("", TOML, "the page's file in `/srv/www`", "the page's file", "").carry_out(content)
    (one,) = look(content)
    assert one.rule == "last-rung-names-the-resource"
    assert "nginx.conf" in one.fix
    assert one.message.endswith("Which user do the server's workers run a")
    Spoil("", TOML, "Look at the file's owner", "Look at the owner in the service web", "").carry_out(content)
    assert look(content) == ()


@pytest.mark.parametrize(
    ("text", "cause", "lang", "run"),
    [
        ("It is in the image.", "It is in the image and old.", "en", ""),
        ("nginx found no index", "Then nginx found no index there.", "en", "nginx found no index"),
        ("Nginx  found\nno `index`?", "nginx found no index", "en", "nginx found no index"),
        ("nginx found no", "nginx found no index", "en", ""),
        ("設定の編集が途中で終わり", "nginx の設定の編集が途中で終わり、", "ja", "設定の編集が途中で終わり"),
        ("設定の編集が途中で終わる", "nginx の設定の編集が途中で終わり、", "ja", ""),
        ("編集が途中で終わり", "nginx の設定の編集が途中で終わり、", "ja", ""),
    ],
)
def test_run_of_words_that_a_text_shares_with_a_cause(text: str, cause: str, lang: str, run: str) -> None:
    assert shared_run(text, cause, lang) == run
