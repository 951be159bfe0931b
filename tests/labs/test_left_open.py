"""What says that an answer comes later, and what only speaks of later."""

from __future__ import annotations

from collections.abc import Callable
from runpy import run_path

import pytest

from kikori import paths

MODULE = run_path(str(paths.ROOT / "labs/_images/paper/filled_form/left_open.py"))
is_left_open: Callable[[str], bool] = MODULE["is_left_open"]
is_named_later: Callable[[str], bool] = MODULE["is_named_later"]


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


@pytest.mark.parametrize(
    "text",
    [
        "still open", "It is still open.", "Tomasz, still open", "Haruka (still undecided)", "the rota – yet open",
        "someone from the platform team, not decided yet", "my lead; it is not yet settled",
        "Riku, but not determined yet",
        "Haruka or Tomasz, I decide that in November", "Jun or Mei; I'll choose between them on 3 May",
        "Haruka or Tomasz. I will decide it later", "one of the rota, to be decided in June",
        "Mei, still to be settled",
        "we'll see in the meeting of 12 April", "We’ll see about it", "I will see by June",
        "ハルカかトマシュ、まだ決まっていない", "基盤チームの誰か（未定）", "リク、検討中", "当番、まだ未定です",
        "ハルカかトマシュ。どちらに頼むかは11月に決める", "私が11月に決める",
        "基盤チーム。誰にするかはまだ決めていない",
    ],
)  # fmt: skip
def test_a_name_that_comes_later_is_none(text: str) -> None:
    assert is_named_later(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Riku", "nobody, it ends", "nobody; what comes in its place is still open", "both leads",
        "the four of the rota; the order of the nights is still open", "the rota, order of nights not decided yet",
        "the rota; still open: in which order", "the rota, to be decided among themselves",
        "each team, to be decided in turn",
        "the lead of billing, who is not decided easily", "both leads; they decide together in March",
        "both leads, we decide it together with the count", "Ayumi; we decide on it together on 9 July",
        "Ayumi, and I decide then what goes on", "the rota; I decide who takes which week",
        "Ayumi; whether it goes on, I decide that in November", "ハルカ。続けるかは、私が11月に決める",
        "the rota; we decide that each Monday",
        "the lead of billing, to be confirmed by her own lead", "Haruka, not asked yet by anybody else",
        "Haruka; we will see each other every Friday", "We will see each other in May, Haruka and I",
        "we will see after a month how it goes: the rota", "Mei, who will see in June what is missing",
        "I asked the youngest on the rota on Monday, and she wants it", "whoever calls the meeting",
        "Mirko, who keeps the pharmacy's servers. I rang him on 30 March and he said \"finally\"",
        "Tomasz, who wanted two days to decide, and said yes on 3 May", "the shop that is still open at night",
        "当番の4人（順番は未定）", "五つのチームのリーダー。11月に決める", "当番の4人。誰がいつ持つかは当番で決める",
        "ハルカ。9月27日に頼み、やりたいと言ってくれた", "課長の田中さん", "なくす（6月から誰も読んでいない）",
        "両方のリーダー。まだ痛むかどうかは11月に2人で決める", "誰にも頼まない。なくす",
    ],
)  # fmt: skip
def test_what_is_told_of_somebody_leaves_the_name(text: str) -> None:
    assert not is_named_later(text)
