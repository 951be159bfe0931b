"""What says that an answer comes later, and what only speaks of later."""

from __future__ import annotations

from collections.abc import Callable
from runpy import run_path

import pytest

from kikori import paths

MODULE = run_path(str(paths.ROOT / "graders/postmortem/left_open.py"))
is_left_open: Callable[[str], bool] = MODULE["is_left_open"]


@pytest.mark.parametrize(
    "text",
    [
        "to be decided", "To be decided later.", "to be filled in with my lead", "To be written next week", "TBD",
        "we will agree on that later", "We will see who has time", "nobody yet", "not known yet", "There is none known",
        "TODO fill this in", "not yet decided", "It is not yet known", "I don't know yet", "to be decided by Nao",
        "これから決める", "後日チームで相談して決める", "まだ決まっていない。後で書く", "未定", "検討中です",
        "担当者はこれから相談して決めます", "to be decided with the teams in the coming weeks", "x, to be decided",
        "we will find out in the course of the quarter", "still to be decided", "Not decided yet", "to be discussed",
        "未定。次回の会議で3人がそろってから改めて検討して決める。",
        "当番の誰か（未定）", "追って連絡します", "後日確認する",
        "we agree on that with both teams in May, it is still open", "We'll decide on it by 3 May.",
        "I will settle that with her in early June", "We agree on it in writing on May 3rd, 2027",
    ],
)  # fmt: skip
def test_an_answer_that_comes_later_is_none(text: str) -> None:
    assert is_left_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "it ends", "nobody: it ends", "the lead of billing", "Mei, asked on 20 September", "He will name it",
        "nothing is lost: five nights are fine", "Nothing until Mei has looked: wake her",
        "Look at what is to be decided first: the docks", "Mei will know who called",
        "We will write the runbook with Mei in week 3 and she reads it", "the queue shows no item older than a day",
        "まだ動いているドックを数える", "後で戻せるように、先に写しをとる", "決める人は請求チームの長",
        "翌朝まで待ってよい。記録は消えない", "確認してから再起動する", "後で確認できるようにログを残す",
        "to be found in the record of Thursday", "Not written: the form (#8)", "Not added to any rota (#9)",
        "I will know what the screen waits for", "We will write two pages together with the dairy", "no TODO is left",
        "they will confirm next month that no bill is missing", "a form, to be filled in by each team",
        "来月の請求書で確認できる", "これからの当番の手順を書く", "後で読む人のために手順を書く",
        "未決の注文が一覧にない",
        "原因がまだ誰にも分かっていない", "確認中の表示が消えている",
        "No stray for a month; we agree on it with both leads in June", "It is still open, as nobody had the time",
        "We agree on it in May, and from then on no bill is missing for eight weeks", "still open: two of three steps",
        "we agree on that in May if no bill is missing", "both leads agree on that in May",
        "We agree on that when both have seen no bill missing in May",
        "no order that, a week after its delivery, is still open", "a stray is one that, after a week, is still open",
    ],
)  # fmt: skip
def test_words_about_later_are_an_answer(text: str) -> None:
    assert not is_left_open(text)
