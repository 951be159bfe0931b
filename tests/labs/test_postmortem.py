"""The recorded night of the lab postmortem is consistent with itself, and its form is read strictly in bounds."""

from __future__ import annotations

import csv
import json
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from kikori.content.lessons.cast import cast_of
from lab_modules import STANDS_ON

pytestmark = pytest.mark.stands_on("postmortem", "courses/cast.toml", code=STANDS_ON)
LAB, GRADER = (paths.ROOT / part / "postmortem" for part in ("labs", "graders"))
RECORDING = LAB / "workspace" / "recording"
PAPER = paths.ROOT / "labs" / "_images" / "paper"
MODULES = (
    *("words", "cells", "owners", "night", "filler", "form", "recorded", "later", "named", "logged", "conftest"),
    *("test_form", "test_people", "test_night"),
)
FIXES = sorted((LAB / "fixes").glob("*/postmortem*.md"))


@pytest.fixture(scope="module")
def grader() -> Iterator[Any]:
    """The grader's own modules, which have names that others have too."""
    before = {name: sys.modules.pop(name) for name in MODULES if name in sys.modules}
    sys.path[:0] = [str(GRADER), str(PAPER)]
    try:
        found = {name: import_module(name) for name in MODULES}
        assert all(Path(one.__file__).parent == GRADER for one in found.values())
        yield SimpleNamespace(**found)
    finally:
        sys.path.remove(str(GRADER))
        sys.path.remove(str(PAPER))
        for name in [one for one in sys.modules if one in MODULES or one.split(".")[0] == "filled_form"]:
            del sys.modules[name]
        sys.modules.update(before)


@pytest.fixture(scope="module")
def night(grader: Any) -> Any:
    return grader.night.Night()


def rows(name: str) -> list[dict[str, str]]:
    with (RECORDING / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RECORDING / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.slow
def test_database_has_each_order_that_was_confirmed_and_none_of_the_outage(grader: Any, night: Any) -> None:
    booked = {row["order"] for row in rows("customers.csv") if row["order"]}
    orders = {row["order"]: row for row in rows("orders.csv") if row["payment"] != "test"}
    assert booked <= orders.keys()
    accepted = [grader.night.seconds(row["accepted"]) for row in orders.values()]
    during = [one for one in accepted if night.began + 5 < one < night.mitigated - 5]
    assert not during
    assert len(orders) - len(booked) <= 0.02 * night.lost  # accepted when their customers had left


def test_lost_orders_are_those_that_the_front_saw_but_for_the_probes(night: Any) -> None:
    failed = sum(int(row["orders_failed"]) for row in rows("metrics.csv"))
    assert night.lost <= failed <= 1.1 * night.lost


def test_minutes_without_a_confirmed_order_are_those_of_the_outage(grader: Any, night: Any) -> None:
    dark = [grader.night.seconds(row["minute"]) for row in rows("metrics.csv") if row["orders_confirmed"] == "0"]
    assert all(later - earlier == 60 for earlier, later in pairwise(dark))
    assert abs(dark[0] - night.began) < 60
    assert abs(dark[-1] + 60 - night.mitigated) < 60


def test_first_page_comes_when_its_rule_had_waited(grader: Any, night: Any) -> None:
    failing = [row["minute"] for row in rows("metrics.csv") if row["probe"] == "0"]
    first = grader.night.seconds(failing[0])
    assert 300 <= night.detected - first <= 420
    assert night.detected == grader.night.seconds(lines("pager.jsonl")[0]["at"])


def test_times_follow_each_other_and_changes_made_what_is_said_of_them(night: Any) -> None:
    assert night.job.at < night.began < night.detected < night.mitigated < night.resolved
    killed = next(one for one in night.changes if one.what == "database.kill")
    assert 0 < night.mitigated - killed.at < 60
    effects = {one.what: night.measures[one.number] for one in night.changes if one.number in night.measures}
    assert effects == {
        "checkout.rollback": {"none"},
        "cache.restart": {"none", "worse"},
        "database.lock-wait": {"none", "worse"},
        "catalog.restart": {"worse"},
        "database.kill": {"mitigated"},
        "evening-archive.schedule": {"resolved"},
    }


def test_truth_changes_with_the_recording(grader: Any, night: Any, tmp_path: Path) -> None:
    for file in RECORDING.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    text = (tmp_path / "customers.csv").read_text(encoding="utf-8").splitlines()
    first = next(place for place, line in enumerate(text) if "T12:20:" in line and "POST /orders,0" in line)
    (tmp_path / "customers.csv").write_text("\n".join(text[:first] + text[first + 1 :]) + "\n", encoding="utf-8")
    assert grader.night.Night(tmp_path).lost == night.lost - 1


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_who_writes_in_the_chat_is_somebody_of_the_cast(lang: str) -> None:
    people = tomllib.loads((RECORDING / "people.toml").read_text(encoding="utf-8"))["people"]
    names = {one["name"][lang] for one in people}
    cast = {getattr(one.name, lang) for company in cast_of(paths.ROOT).companies for one in company.people}
    assert names <= cast
    chat = (RECORDING / ("chat.ja.txt" if lang == "ja" else "chat.txt")).read_text(encoding="utf-8")
    assert {line[6:].partition(":")[0] for line in chat.splitlines()} == names


def test_chat_says_of_changes_what_their_log_says(grader: Any, night: Any) -> None:
    said = {line[:5] for line in (RECORDING / "chat.txt").read_text(encoding="utf-8").splitlines()}
    for change in night.changes:
        if change.at > night.detected:
            clock = grader.night.clock(change.at) + 9 * 3600
            near = {f"{(clock + more) // 3600:02}:{(clock + more) // 60 % 60:02}" for more in (-60, 0, 60)}
            assert near & said, change


@pytest.mark.parametrize("file", FIXES, ids=[file.parent.name for file in FIXES])
def test_right_ones_are_right_by_every_check(grader: Any, night: Any, file: Path) -> None:
    written = grader.form.read(file.name, file.read_text(encoding="utf-8"))
    is_right(grader, night, written)


def is_right(grader: Any, night: Any, written: Any) -> None:
    """Fail where a check of what was written fails."""
    for name in ("times", "durations", "counts", "budget", "trigger", "summary", "timeline", "effects"):
        getattr(grader.test_night, f"test_{name}")(written, night)
    grader.test_people.test_causes(written, night)
    grader.test_people.test_actions(written, night)


@pytest.mark.parametrize("file", ["postmortem.md", "postmortem.ja.md"])
def test_empty_form_has_all_parts_and_is_not_begun(grader: Any, file: str) -> None:
    text = (LAB / "workspace" / file).read_text(encoding="utf-8")
    assert not grader.form.is_begun(text)
    assert set(grader.form.read(file, text).parts) == set(grader.words.PARTS)


HOSTILE = [
    "<!--" * 20000,
    "|" * 200000,
    "## " * 80000,
    "## Impact\n" + "| Began | 12:12 |\n" * 10000,
    "## Impact\n| Began | " + "1:" * 1900 + " |\n",
    "## Contributing causes\n- " + "a " * 1900 + "\n",
    "\x00\x1b[2J" * 30000,
    "(" * 3900,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused_in_no_time(grader: Any, text: str) -> None:
    began = time.monotonic()
    grader.form.is_begun(text)
    with pytest.raises(grader.form.Unreadable):
        grader.form.read("postmortem.md", text)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "cause",
    [
        "Engineers on call could not see who holds the lock, since the dashboards only show error counts",
        "Because of accounting's new schedule the archive met the evening's customers",
        "No guard against operator error in the scheduler",
        "The team's error budget has no alert",
        "担当者が忘れても気づける仕組みがなかった",
        "操作ミスを防ぐ仕組みがスケジューラになかった",
        "経理の集計ジョブが原因で、outbox がロックされた",
        "コンソールから誰でも変更できた",
        "The list of changes that Minato and Kenji looked at lacks the scheduler's",
        "Kenji, Minato and Emre saw a list of changes in which the scheduler's are missing",
        "That an operator's error in the schedule is not stopped by a review or a dry run",
        "Carelessness with the hour costs an outage, because the scheduler accepts any hour unreviewed",
        "The scheduler treats carelessness and care alike: any change goes live unreviewed",
        'The wiki\'s "human error" is the only field that the form of incidents offers',
        "ミナトとケンジが見ていた変更の一覧に、スケジューラのものがない",
        "Emre's pager rings for the probe only, and errors wait until the morning.",
        "Minato's release was the last change that the shop's list shows.",
        "Kenji could change the lock wait alone, as the database asks nobody for a second approval.",
        "Minato and Emre see the changes of the shop, and those of accounting stand elsewhere.",
        "Kenji lengthened the lock wait, since nothing on the dashboards showed who held the lock.",
        "Emre had no list of lock holders on any dashboard.",
        "Haruka alone gets the mail of other departments.",
        "Minato's error dashboard shows counts only.",
        "ケンジの確認画面には、待っている数だけが出ていた。",
        "An error of the operator goes through without a review",
        "ハルカだけが、ほかの部署のメールを受け取っている。",
        "ケンジが一人で、レビューなしにロックの待ち時間を変えられる。",
        "エムレのページャーは、プローブでしか鳴らない。",
        "担当者の操作ミスが、検査されないまま本番に届く",
        "経理の担当者が、誰にも聞かずに時刻を変えられる",
        "Nobody else knew of the archive, because Haruka alone gets the mail.",
        "The longer wait took effect unreviewed, because Kenji can change it alone.",
        "As nothing shows who holds a lock, orders hung longer because Kenji raised the lock wait.",
        "Pages failed because catalog, which Kenji restarted, shares its connections with checkout.",
        "ほかの人に伝わらなかったのは、ハルカだけがメールを受け取っていたためである。",
        "ロックの持ち主が画面に出ないので、ケンジが待ち時間を延ばしたため、接続が尽きた。",
    ],
)
def test_circumstances_are_causes(grader: Any, night: Any, cause: str) -> None:
    grader.test_people.test_causes(caused(grader, cause), night)


@pytest.mark.parametrize(
    "cause",
    [
        "Kenji's typo",
        "ケンジのミス",
        "Human error when the time was set",
        "the on-call engineer forgot to check the locks",
        "a mistake by the server team",
        "accounting's mistake",
        "経理のミス",
        "担当者がレビューを怠った",
        "オンコール担当者の確認不足",
        "ハルカさんがメールを読まなかった",
        "E. restarted memcached although nothing pointed to it",
        "Human error was the root cause of it (all agree)",
        "The colleagues in accounting carelessly moved their job",
        "データベース担当者の確認不足により待ち時間が延ばされた",
        "Kenji lengthened the lock wait without asking.",
        "Minato rolled back his release, without any proof.",
        "Kenji restarted catalog with no plan.",
        "Kenji, who lengthened the lock wait without thinking.",
        "Kenji saw no reason to ask anybody.",
        "Kenji asked no one before the restart.",
        "Kenji's lack of knowledge about locks",
        "Kenji's typo made it last. At three in the morning nobody orders, and so nobody met it.",
        "ケンジの思い込みで、待つ時間が延ばされた。",
        "Accounting changed the time of its job and asked nobody.",
        "ケンジがロックの持ち主を調べないまま、待つ時間を12倍に延ばした。",
        "ケンジが相談なしに catalog を再起動した。",
        "ミナトが理由もなくリリースを戻した。",
        "ケンジの判断で、待つ時間が延ばされた。",
        "経理の担当者が、誰にも聞かずに時刻を変えた。",
        "Statements waited twelve times as long because Kenji mistook the wait for the cause and raised it.",
        "Orders hung because Kenji raised the lock wait.",
        "It took long because Minato, on a hunch, took the release back.",
        "ロックの待ち時間が12倍になったのは、ケンジが延ばしたためである。",
        "ケンジさんがロックの待ち時間を延ばしたので、接続が尽きた。",
    ],
)
def test_people_are_none(grader: Any, night: Any, cause: str) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        grader.test_people.test_causes(caused(grader, cause), night)


@pytest.mark.parametrize(
    "told", ["It was Kenji's fault.", "All this was caused by Haruka.", "ケンジのミスで長引いた。"]
)
def test_people_in_the_summary_is_found(grader: Any, night: Any, told: str) -> None:
    with pytest.raises(AssertionError):
        grader.test_people.test_causes(caused(grader, "The scheduler asks nobody", summary=told), night)


@pytest.mark.parametrize(
    "told", ["Kenji ended the session, because it held the lock.", "エムレが指揮を執り、ケンジがセッションを終えた。"]
)
def test_names_in_the_story_are_none(grader: Any, night: Any, told: str) -> None:
    grader.test_people.test_causes(caused(grader, "The scheduler asks nobody", summary=told), night)


@pytest.mark.parametrize(
    "what",
    [
        'Replace the wiki\'s "be careful" by a check',
        "Remind the on-call by a page",
        "「注意する」の手順を検査に置き換える",
    ],
)
def test_what_only_quotes_care_is_an_action(grader: Any, what: str) -> None:
    assert not grader.test_people.CAREFUL.search(grader.test_people.QUOTE.sub("", grader.form.plain(what)).strip())


@pytest.mark.parametrize(
    "what",
    [
        "We are more careful with the scheduler in future",
        "Everybody is more careful with schedules",
        "More care when changing a schedule",
        "The scheduler is changed with care",
        "Change the scheduler more carefully in future",
        "Stay vigilant about locks",
        "スケジューラの変更は慎重に行う",
    ],
)
def test_good_will_is_no_action(grader: Any, night: Any, what: str) -> None:
    with pytest.raises(AssertionError):
        grader.test_people.test_actions(with_action(grader, what, "A test change is refused"), night)
    with pytest.raises(AssertionError):
        grader.test_people.test_actions(with_action(grader, "Move jobs by a review", what), night)


@pytest.mark.parametrize(
    "what",
    [
        "Measure how long a careful archive in small pieces would take",
        "Take care of the backlog of unreviewed jobs by a weekly list",
        "Rate-limit the restarts of catalog",
        "The scheduler is more careful: it refuses unreviewed times",
        "慎重に進める変更を自動で見分ける検査を加える",
    ],
)
def test_what_is_built_is_an_action(grader: Any, night: Any, what: str) -> None:
    grader.test_people.test_actions(with_action(grader, what, "A test change is refused"), night)


@pytest.mark.parametrize(
    ("what", "seen"),
    [
        ("Move jobs by a review", "to be decided later"),
        ("Move jobs by a review", "To be defined by the owner"),
        ("Move jobs by a review", "once it has been done"),
        ("Move jobs by a review", "作業が完了していること"),
        ("To be decided after the meeting", "A test change is refused"),
        ("追って検討する", "試験環境で変更が拒否される"),
    ],
)
def test_what_is_put_off_is_no_action(grader: Any, night: Any, what: str, seen: str) -> None:
    with pytest.raises(AssertionError):
        grader.test_people.test_actions(with_action(grader, what, seen), night)


def with_action(grader: Any, what: str, seen: str) -> Any:
    """A right post-mortem with one action more."""
    text = (LAB / "fixes" / "told-at-length" / "postmortem.md").read_text(encoding="utf-8")
    last = text.index("\n\n## Lessons")
    row = f"\n| {what} | servers | respond | 2026-06-30 | {seen} |"
    return grader.form.read("postmortem.md", text[:last] + row + text[last:])


@pytest.mark.parametrize(
    "text",
    [
        "To be written after the holidays, sorry.",
        "TBD. We will fill in the lessons here after the review meeting has taken place.",
        "未定。次の打ち合わせで決めて、ここに書く予定です。",
        "教訓は、次の会議で話し合って決める予定です。",
        "Still to be decided by all of us.",
        "We don't know yet.",
        "The team meets on Monday, and what this night has taught us will be put down here after that meeting.",
        "Lessons of this night will be written down here after the meeting on Monday.",
        "We meet on Monday and will write down here what we have learnt.",
        "月曜に集まり、この夜から学んだことはここに書きます。",
        "会議のあと、ここにまとめる予定である。",
        "After Monday's review, the lessons will go here.",
        "Will be completed after the review.",
    ],
)
def test_words_that_are_to_come_are_none(grader: Any, text: str) -> None:
    assert grader.later.is_later(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is not clear to anybody on call which jobs run beside the shop.",
        "We do not know who moved the job, as the log names accounting only.",
        "ロックを持つ時間の上限がまだ決まっていない。",
        "It was not known until 12:53 that a job had been moved.",
        "We will add an alert when a transaction is older than two minutes.",
        "To be paged by the probe took six minutes, and that was quick.",
        "変更の前に、誰が決めるかを決める。",
        "Changes will be put into one list that everybody on call sees.",
        "ここに来るまで30分かかった。",
        "It will be completed when the scheduler refuses a job at 12:12.",
        "この項目に書かれた手順が古かった。",
    ],
)
def test_what_nobody_knew_may_be_said(grader: Any, text: str) -> None:
    assert not grader.later.is_later(text)


SUMMARY = "The archive job, moved to 12:12, locked the outbox table. Ending its session brought the orders back."


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (SUMMARY, "From 12:12 on no order was confirmed. " + SUMMARY),
        ("Ending its session brought the orders back.", SUMMARY),
        ("The archive job, moved to 12:12, locked the outbox table, and ending its session helped.", SUMMARY),
        ("12時48分からは商品のページも失敗した。", "注文が止まった。12時48分からは商品のページも失敗した。"),
    ],
)
def test_sentences_of_another_part_are_known_again(grader: Any, text: str, other: str) -> None:
    assert grader.filler.repeats(text, other)


@pytest.mark.parametrize(
    "text",
    [
        "Look for who holds the lock before you change how long the others wait for it.",
        "The archive job locked a table that each order needs, and nobody could see which session held it.",
        "Ending its session brought the orders back. Nothing else did: neither the rollback nor the restarts, and "
        "four times nobody looked at the numbers before the next change was made.",
    ],
)
def test_own_sentences_are_no_repetition(grader: Any, text: str) -> None:
    assert not grader.filler.repeats(text, SUMMARY)


@pytest.mark.parametrize("file", FIXES, ids=[file.parent.name for file in FIXES])
def test_prose_of_right_ones_is_their_own(grader: Any, file: Path) -> None:
    grader.test_form.test_prose(grader.form.read(file.name, file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", FIXES, ids=[file.parent.name for file in FIXES])
def test_columns_of_the_impact_are_in_any_order(grader: Any, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    turned = "\n".join(turn(line) for line in text.splitlines())
    before, after = (grader.form.read(file.name, one).impact for one in (text, turned))
    assert {name: row.cells for name, row in after.items()} == {name: row.cells for name, row in before.items()}


def turn(line: str) -> str:
    """A row of two cells, with the second one first."""
    cells = line.strip("|").split("|") if line.startswith("|") else []
    return f"|{cells[1]}|{cells[0]}|" if len(cells) == 2 else line


@pytest.mark.parametrize("said", ["118", "release 118", "12:12", "2071 or 2075"])
def test_trigger_that_is_no_change_is_told_what_is_wanted(grader: Any, night: Any, said: str) -> None:
    text = (LAB / "fixes" / "told-at-length" / "postmortem.md").read_text(encoding="utf-8")
    written = grader.form.read("postmortem.md", text.replace("| Trigger | change 2071 |", f"| Trigger | {said} |"))
    with pytest.raises(AssertionError, match=r"changes\.jsonl"):
        grader.test_night.test_trigger(written, night)


def changed(grader: Any, old: str, new: str) -> Any:
    """A right post-mortem with one thing in it told otherwise."""
    text = (LAB / "fixes" / "told-at-length" / "postmortem.md").read_text(encoding="utf-8")
    assert text.count(old) == 1
    return grader.form.read("postmortem.md", text.replace(old, new))


def test_durations_say_when_they_were_not_looked_at(grader: Any, night: Any) -> None:
    written = changed(grader, "| Detected (UTC) | 12:18 | |", "| Detected (UTC) | 12:18 (page) | |")
    with pytest.raises(AssertionError, match=r"not looked at.*: detected"):
        grader.test_night.test_durations(written, night)


@pytest.mark.parametrize("share", ["46.5 %", "47 %", "48 %", "48.3 %"])
def test_share_is_as_near_as_the_orders_may_be(grader: Any, night: Any, share: str) -> None:
    grader.test_night.test_budget(changed(grader, "| 47.4 % |", f"| {share} |"), night)


@pytest.mark.parametrize("share", ["48.9 %", "46 %", "49 %"])
def test_share_is_no_farther_than_the_orders_may_be(grader: Any, night: Any, share: str) -> None:
    with pytest.raises(AssertionError, match="budget"):
        grader.test_night.test_budget(changed(grader, "| 47.4 % |", f"| {share} |"), night)


@pytest.mark.parametrize("due", ["令和8年5月29日", "四週間以内"])
def test_due_says_that_figures_and_years_are_the_usual_ones(grader: Any, night: Any, due: str) -> None:
    written = changed(grader, "| 2026-05-22 |", f"| {due} |")
    with pytest.raises(AssertionError, match=r"in figures and with a Western year"):
        grader.test_people.test_actions(written, night)


def test_owners_that_are_offered_are_people(grader: Any, night: Any) -> None:
    assert set(grader.owners.OFFERED) < set(grader.owners.TEAMS)
    with pytest.raises(AssertionError, match="servers, accounting, other departments, support desk") as found:
        grader.test_people.test_actions(changed(grader, "| web team |", "| the moon |"), night)
    assert "scheduler" not in str(found.value).splitlines()[0]


def test_an_alert_that_came_later_is_not_told_when(grader: Any, night: Any) -> None:
    row = "| 12:13 | The alert AnswersWithErrors fires | pager.jsonl |\n| 12:18 | Page:"
    with pytest.raises(AssertionError, match=r"at 12:13 and before, no file"):
        grader.test_night.test_timeline(changed(grader, "| 12:18 | Page:", row), night)


def test_owners_are_those_of_the_recording(grader: Any, night: Any) -> None:
    recorded = "".join(file.read_text(encoding="utf-8").casefold() for file in RECORDING.glob("*.[jt]*"))
    for team, words in grader.owners.TEAMS.items():
        assert any(word in recorded for word in words), team
        assert all(grader.owners.is_role(f"{word} team", night) for word in words)
    assert all(grader.owners.is_role(role, night) for role in night.roles)


def test_each_moment_of_a_source_is_in_its_file(grader: Any, night: Any) -> None:
    assert set(night.sources) == set(grader.words.SOURCES)
    begin, end = night.span
    assert all(begin - 60 <= first <= last <= end + 120 for first, last in night.sources["metrics"])
    assert [first for first, _ in night.sources["changes"]] == [one.at for one in night.changes]
    assert night.sources["pager"][0][0] < night.detected < night.sources["pager"][0][1]
    ((opened, listed),) = night.sources["sessions"]
    assert abs(opened - night.job.at) < 60
    assert time.strftime("%H:%M", time.gmtime(listed)) == "12:54"


def test_changes_outside_of_the_outage_have_their_effects(night: Any) -> None:
    others = {number: effects for number, effects in night.effects.items() if number not in night.measures}
    assert others == {
        2071: {"none", "worse"},
        2074: {"none"},
        2075: {"none", "worse"},
        2088: {"none", "resolved"},
    }


def caused(grader: Any, cause: str, summary: str = "") -> Any:
    """A right post-mortem with another cause, or another sentence in its summary."""
    text = (LAB / "fixes" / "in-few-words" / "postmortem.md").read_text(encoding="utf-8")
    told = text.replace("## Causes\n", f"## Causes\n\n- {cause}\n").replace(
        "## Summary\n", f"## Summary\n\n{summary}\n"
    )
    return grader.form.read("postmortem.md", told)


@pytest.mark.slow
@pytest.mark.parametrize(
    "letters", ["a ", "team ", "チーム", "error of ", "against ", "ミス", "since ", ", ", "with no ", "を見て"]
)
def test_people_is_looked_for_in_no_time(grader: Any, night: Any, letters: str) -> None:
    began = time.monotonic()
    for first in ("The lock ", "Kenji ", "ケンジが"):
        cause = first + letters * (3900 // len(letters))
        with suppress(AssertionError):
            grader.test_people.test_causes(caused(grader, cause, cause), night)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("letters", ["to be ", "we will ", "more ", "完了", "あとで", "not know ", "the ", "が、"])
def test_cells_are_read_in_no_time(grader: Any, letters: str) -> None:
    cell = letters * (3900 // len(letters))
    began = time.monotonic()
    grader.later.is_later(cell)
    grader.test_people.CAREFUL.search(cell)
    grader.test_people.LOOKS_AT_NOTHING.search(cell)
    grader.filler.repeats("\n".join([cell] * 60), "\n".join([f"{cell} so"] * 60))
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("page", ["key.md", "key.ja.md"])
def test_key_says_what_is_true(night: Any, page: str) -> None:
    text = (GRADER / page).read_text(encoding="utf-8")
    for moment in (night.began, night.detected, night.mitigated, night.resolved):
        assert f"| {time.strftime('%H:%M:%S', time.gmtime(moment))} |" in text
    assert f"| {night.lost} |" in text
    assert f"| {night.affected} |" in text
    assert f"| {night.budget:.1f}" in text
    assert f"| {night.trigger.number} " in text or f"| {night.trigger.number}または" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Detected (UTC) | 12:18 | |", "| Detected (UTC) | **12:18 UTC** | 21:18 JST |"),
        ("| Time to detect | 6 min | |", "| Time to detect | 5 min 53 s | (6 min, rounded up) |"),
        ("| Time to detect | 6 min | |", "| Time to detect | 6 min |"),
        ("| Orders lost | 351 | |", "| Orders lost | 351 orders | of 583 that were sent |"),
        ("| Customers affected | 425 different customers |", "- Customers affected: ~425"),
        ("| Trigger | change 2071 |", "| Trigger | #2071 |"),
        (
            "| 2077 | 12:25 | checkout back to release 117 | none | |",
            "| 2077 | 12:25 | back | No effect | |",
        ),
        ("| 2084 | 12:56 | session of", "| | 12:56 | session of"),
        ("| 2086 | 13:02 |", "| | 12:55 | lead named | - | one change at a time |\n| 2086 | 13:02 |"),
        ("| 2086 | 13:02 |", "| 2086 | |"),
        ("| 2077 | 12:25 |", "| 2074 | 12:03 | checkout: release 118 | none | |\n| 2077 | 12:25 |"),
        ("## Contributing causes", "## 5. Contributing factors"),
        ("| 12:53 | The scheduler's list", "| 12:53 | Change 2071 in the scheduler's list"),
        ("| 12:53 | The scheduler's list", "| 12:53 | Haruka remembers a mail: the scheduler's list"),
        ("| 12:53 | The scheduler's list", "| 12:52:50 | ShopDoesNotOpen fires, and the scheduler's list"),
        ("| 12:03 | Release 118 of checkout (2074);", "| 12:03 | Minato releases 118 of checkout (2074);"),
        ("| 12:48 | catalog is restarted", "| 12:47:30–12:48 | Kenji restarts it: catalog is restarted"),
        ("| chat |\n| 12:25", "| chat.txt 21:22 |\n| 12:25"),
        ("| 2026-05-22 |", "| 22 May |"),
        ("| 2026-05-22 |", "| within 1 week |"),
        ("| 2026-05-22 |", "| by Friday, 22 May 2026 |"),
        ("| database team |", "| servers and the database |"),
        ("| web team |", "| web services: front, catalog, checkout |"),
        ("| web team |", "| what other departments run beside the shop |"),
        ("On 14 May from 12:12 to 12:56", "On 14 May from 12:12 to 12:56 (21:12 to 21:56 in Japan)"),
        ("which had been\nmoved into the evening", "which had been\nmoved from 18:00 into the evening"),
        ("no customer of the shop got an order", "351 orders of 425 customers were lost, and none of 509 got an order"),
    ],
)
def test_other_ways_of_writing_are_right_too(grader: Any, night: Any, old: str, new: str) -> None:
    text = (LAB / "fixes" / "told-at-length" / "postmortem.md").read_text(encoding="utf-8")
    assert old in text
    if new.startswith("- "):
        new = "\n" + new + "\n\n| What | Value | Note |\n|---|---|---|\n| | |"
    is_right(grader, night, grader.form.read("postmortem.md", text.replace(old, new)))
