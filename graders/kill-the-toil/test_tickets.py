"""Are the tickets of weeks that nobody has seen worked rightly, once, and by nobody but who may?"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest
from truth import (
    as_always,
    codes_of,
    compare_books,
    compare_plan,
    compare_tickets,
    plan_of,
    report_of,
    reports_of,
    second_of,
    told_act,
)
from weeks import SUCCEEDED

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from plays import Once
    from truth import Books, State, Ticket, Week

    from conftest import Absence, BadForms, Crowd, FirstWeek, Killed, Together, Unclosed

    Certain = Callable[[str], str]

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(300)
SHOWN = 4
"""Of many, so many are named."""
NEAR = 2
"""Seconds that a clock may be off, rounded as it is."""


def some(found: list[int] | list[str]) -> str:
    """The first of many, for a reason."""
    named = ", ".join(str(one) for one in found[:SHOWN])
    return f"{named}, ..." if len(found) > SHOWN else named


def left_open(state: State, numbers: list[int]) -> list[int]:
    """Those of some tickets that are still open."""
    return [number for number in numbers if state["tickets"][str(number)]["status"] == "open"]


def carried_out(books: Books, which: str, certain: Certain) -> None:
    """Assert that the systems have what was asked for, once."""
    assert not books.lacking, reason("lacking", which=which, what=some(books.lacking))
    assert not books.twice, reason("twice", which=which, what=some(books.twice))
    assert not books.uncalled, certain(reason("uncalled", which=which, what=some(books.uncalled)))


def no_success(told: float, which: str, certain: Certain, before: float = float(SUCCEEDED)) -> None:
    """Assert that a run that did not go well has left the time of the last success as it was."""
    assert told <= before, certain(reason("success-told", which=which))
    assert told == before, certain(reason("success-gone", which=which, seen=shown(told), before=shown(before)))


def kinds_of(tickets: list[Ticket], numbers: list[int]) -> str:
    """Some tickets by number and kind."""
    kinds = {one["id"]: one["kind"] for one in tickets}
    return some([f"{number} ({kinds[number]})" for number in numbers])


@pytest.mark.guard
def test_office(scene: Scene, certain: Certain) -> None:
    """In the office nobody has lost what was there before.

    ja: オフィスでは、前からあったものを誰も失っていない。
    """
    done = scene.host("office").run("control lost")
    lost = json.loads(done.stdout)["lost"] if done.rc == 0 else ["?"]
    assert not lost, certain(reason("office", lost=some(lost)))


def test_dry_run(first_week: FirstWeek, certain: Certain) -> None:
    """Without --apply it changes nothing.

    ja: --apply がなければ、何も変えない。
    """
    seen = first_week.seen
    acts = [told_act(one) for one in seen.shown["acts"]]
    assert not acts, certain(reason("dry-acts", acts=some(acts)))
    assert not seen.shown["metrics"], certain(reason("dry-metrics"))


@pytest.mark.needs("test_dry_run")
def test_plan(first_week: FirstWeek, certain: Certain) -> None:
    """Without --apply it says of each open ticket what it would do.

    ja: --apply がなければ、未処理のチケットをそれぞれどうするかを示す。
    """
    seen, tickets = first_week.seen, first_week.drawn.week["tickets"]
    assert seen.plan.code == 0, reason("dry-code", code=seen.plan.code, last=quoted(seen.plan.last))
    codes, told = codes_of(first_week.drawn.week), plan_of(seen.plan.out)
    for one in first_week.drawn.pair:  # which of them is done first is the program's own affair
        codes[one["id"]] = {"too-much"} if told.get(one["id"]) else set()
    plan = compare_plan(seen.plan.out, codes)
    assert not plan.silent, reason("dry-silent", numbers=kinds_of(tickets, plan.silent))
    assert not plan.given, certain(reason("dry-given", numbers=kinds_of(tickets, plan.given)))
    assert not plan.kept, reason("dry-kept", numbers=kinds_of(tickets, plan.kept))
    assert not plan.reasons, reason("dry-reasons", told=some(plan.reasons))


def owed_in(first_week: FirstWeek) -> tuple[dict[int, set[str]], list[Ticket]]:
    """For what each ticket of the true run may be handed over, and those that were to be done."""
    week = first_week.drawn.changed
    second = second_of(first_week.drawn.pair, first_week.seen.after)
    return {**codes_of(week), second: {"too-much"}}, as_always(week, [second])


@pytest.mark.needs("test_dry_run")
def test_week(first_week: FirstWeek, certain: Certain) -> None:
    """A week's usual tickets are carried out, each once, as the week is when the run begins.

    ja: 週のいつもどおりのチケットは、実行が始まった時点の内容に従って、1件につき1回ずつ実行される。
    """
    seen, drawn = first_week.seen, first_week.drawn
    week, roomier = drawn.changed, drawn.roomier
    stale = too_much(seen.after, roomier)
    assert not stale, certain(reason("stale-refused", number=roomier["id"], volume=roomier["asks"]["volume"]))
    number, gb, most = drawn.larger["id"], drawn.larger["asks"]["gb"], drawn.changed["policy"]["most_gb"]
    stale = too_much(seen.after, drawn.larger)
    assert not stale, certain(reason("stale-policy", number=number, gb=gb, most=most))
    codes, owed = owed_in(first_week)
    undone = compare_tickets(seen.after, codes).undone
    last = quoted(seen.done.last)
    assert not undone, reason("undone", numbers=kinds_of(week["tickets"], undone), code=seen.done.code, last=last)
    books = compare_books(week, seen.after, owed)
    assert not books.lacking, reason("lacking", which=reason("which-week"), what=some(books.lacking))
    assert not books.twice, reason("twice", which=reason("which-week"), what=some(books.twice))
    volume = drawn.withdrawn["asks"]["volume"]  # no other ticket of the week asks for it
    grown = seen.after["volumes"][volume]["gb"] - week["volumes"][volume]["gb"]
    assert not grown, certain(reason("withdrawn", volume=volume, grown=grown))
    assert not books.unnamed, certain(reason("unnamed", what=some(books.unnamed)))
    assert seen.done.code == 0, reason("week-code", code=seen.done.code, last=last)


def too_much(state: State, ticket: Ticket) -> bool:
    """Whether a ticket went to a person as asking for too much."""
    became = state["tickets"][str(ticket["id"])]
    return (became["status"], became.get("reason")) == ("person", "too-much")


@pytest.mark.needs("test_week")
def test_refused(first_week: FirstWeek, certain: Certain) -> None:
    """What a person has to decide is handed to a person with the right reason, and not carried out.

    ja: 人が決めるべきものは、正しい理由を付けて人に渡され、実行されない。
    """
    seen, drawn = first_week.seen, first_week.drawn
    week, decided = drawn.changed, drawn.decided
    given = compare_tickets(seen.after, {decided["id"]: {"restricted"}}).closed
    assert not given, certain(reason("stale-closed", number=decided["id"], group=decided["asks"]["group"]))
    name = drawn.pair[0]["asks"]["volume"]
    size, most = seen.after["volumes"][name]["gb"], week["volumes"][name]["most"]
    assert size <= most, certain(reason("beyond", volume=name, size=size, most=most))
    codes, owed = owed_in(first_week)
    handed_over(seen.after, codes, week["tickets"], certain)
    books = compare_books(week, seen.after, owed)
    assert not books.uncalled, certain(reason("uncalled", which=reason("which-week"), what=some(books.uncalled)))


def handed_over(state: State, codes: Mapping[int, set[str]], tickets: list[Ticket], certain: Certain) -> None:
    """Assert that each ticket for a person is with one, for a true reason."""
    found = compare_tickets(state, codes)
    assert not found.closed, certain(reason("closed", numbers=kinds_of(tickets, found.closed)))
    assert not found.waiting, reason("waiting", numbers=kinds_of(tickets, found.waiting))
    assert not found.reasons, reason("reasons", told=some(found.reasons))


@pytest.mark.needs("test_week")
def test_bad_forms(bad_forms: BadForms, certain: Certain) -> None:
    """Forms that nobody can carry out go to a person, and hold up none of the others.

    ja: 実行できない記入のチケットは人に渡され、ほかのチケットの邪魔をしない。
    """
    seen, drawn = bad_forms.seen, bad_forms.drawn
    owed = as_always(drawn.week, drawn.codes)
    undone = compare_tickets(seen.after, {one["id"]: set() for one in owed}).undone
    last = quoted(seen.done.last)
    assert not undone, reason("held-up", numbers=kinds_of(owed, undone), code=seen.done.code, last=last)
    found = compare_tickets(seen.after, drawn.codes)
    assert not found.closed, certain(reason("bad-closed", numbers=kinds_of(drawn.week["tickets"], found.closed)))
    assert not found.waiting, reason("bad-waiting", numbers=kinds_of(drawn.week["tickets"], found.waiting))
    handed_over(seen.after, drawn.codes, drawn.week["tickets"], certain)
    carried_out(compare_books(drawn.week, seen.after, owed), reason("which-bad"), certain)
    assert seen.done.code == 0, reason("bad-code", code=seen.done.code, last=last)


@pytest.mark.needs("test_week")
def test_second_run(first_week: FirstWeek, certain: Certain) -> None:
    """A second run, on a machine made anew, changes nothing.

    ja: 作り直したマシンで二度目を動かしても、何も変わらない。
    """
    seen = first_week.seen
    new = [told_act(one) for one in seen.later["acts"][len(seen.after["acts"]) :]]
    assert not new, certain(reason("second-acts", acts=some(new)))
    assert seen.again.code == 0, reason("second-code", code=seen.again.code, last=quoted(seen.again.last))


@pytest.mark.needs("test_week")
def test_report(first_week: FirstWeek, certain: Certain) -> None:
    """A run reports how many tickets it has done and handed over, and when it went well.

    ja: 実行は、済ませた件数、人に渡した件数、成功した時刻を報告する。
    """
    seen = first_week.seen
    codes, _ = owed_in(first_week)
    done, persons = sum(not one for one in codes.values()), sum(bool(one) for one in codes.values())
    told, later = report_of(seen.after), report_of(seen.later)
    for name, wanted, number in (("tickets_done", done, told.done), ("tickets_for_a_person", persons, told.persons)):
        assert number == wanted, certain(reason("report-count", metric=name, wanted=wanted, seen=shown(number)))
    near = seen.began - NEAR <= told.success <= seen.ended + NEAR
    assert near, reason("report-success", seen=shown(told.success), began=int(seen.began), ended=int(seen.ended))
    nothing = (later.done, later.persons) == (0, 0)
    assert nothing, reason("report-second", done=shown(later.done), persons=shown(later.persons))
    assert later.success >= told.success, reason("report-second-success", seen=shown(later.success))


def shown(number: float) -> str:
    """A number that was reported, for a reason."""
    return "-" if number == -1 else f"{number:.0f}"


@pytest.mark.needs("test_week")
def test_too_many(crowd: Crowd, certain: Certain) -> None:
    """A run may carry out as much as the policy allows; each one with more to do does nothing, and is no success.

    ja: 規定の件数までは実行する。それより多くを実行することになる回は、何度目でも何一つ実行せず、成功とも報告しない。
    """
    seen, most = crowd.seen, crowd.week["policy"]["most_acts"]
    acts = [told_act(one) for one in seen.first["acts"]]
    assert not acts, certain(reason("many-acts", most=most, count=crowd.acts, acts=some(acts)))
    acts = [told_act(one) for one in seen.second["acts"]]
    assert not acts, certain(reason("many-again", most=most, count=crowd.acts, acts=some(acts)))
    assert seen.one.code != 0, certain(reason("many-code", most=most))
    assert seen.two.code != 0, certain(reason("many-code", most=most))
    no_success(report_of(seen.second).success, reason("which-many"), certain)
    undone = compare_tickets(seen.third, codes_of(crowd.week)).undone
    last = quoted(seen.allowed.last)
    numbers = kinds_of(crowd.week["tickets"], undone)
    assert not undone, reason("many-full", most=crowd.acts, before=most, numbers=numbers, last=last)


@pytest.mark.needs("test_week")
def test_not_closed(unclosed: Unclosed, certain: Certain) -> None:
    """A ticket that could not be closed, or not be handed over, is open, and no run tells of it as if it were.

    ja: 閉じられなかったチケットも、人に渡せなかったチケットも、未処理のまま残り、済んだこととして報告されない。
    """
    seen, drawn = unclosed.seen, unclosed.drawn
    with_later = {**drawn.week, "tickets": [*drawn.week["tickets"], drawn.person, drawn.late]}
    left_alone(seen.undone, drawn.week, drawn.usual, reason("which-undone"), certain)
    left_alone(seen.kept, with_later, drawn.person, reason("which-kept"), certain)
    codes, after = codes_of(with_later), seen.later.after
    found, last = compare_tickets(after, codes), quoted(seen.later.done.last)
    numbers = kinds_of(with_later["tickets"], [*found.undone, *found.waiting])
    assert not numbers, reason("unclosed-later", numbers=numbers, last=last)
    handed_over(after, codes, with_later["tickets"], certain)
    carried_out(compare_books(with_later, after, as_always(with_later)), reason("which-unclosed"), certain)
    assert report_of(after).success > float(SUCCEEDED), reason("unclosed-later-success")


def left_alone(seen: Once, week: Week, ticket: Ticket, which: str, certain: Certain) -> None:
    """Assert that a run has worked all tickets but one, and does not take that one for worked."""
    found = compare_tickets(
        seen.after, {number: one for number, one in codes_of(week).items() if number != ticket["id"]}
    )
    others = kinds_of(week["tickets"], [*found.undone, *found.waiting])
    assert not others, reason("unclosed-others", which=which, number=ticket["id"], numbers=others)
    no_success(report_of(seen.after).success, f"{which} ({ticket['id']})", certain)
    assert seen.done.code != 0, certain(reason("unclosed-code", which=which, number=ticket["id"]))


@pytest.mark.needs("test_week")
def test_away(absence: Absence, certain: Certain) -> None:
    """While a system is away its tickets stay open, the others are worked, and the run is no success.

    ja: システムが止まっている間、そのチケットは未処理のまま残り、ほかは処理され、その回は成功にならない。
    """
    seen, drawn, week = absence.seen, absence.drawn, absence.drawn.week
    codes = codes_of(week)
    kinds = {one["id"]: one["kind"] for one in week["tickets"]}
    lost = (drawn.host, drawn.cut)
    silent = {one["id"] for one in week["tickets"] if one["asks"].get("host") in lost}
    stays = [number for number, wanted in codes.items() if not wanted and kinds[number] != "access"]
    still = left_open(seen.after, stays)
    gone = [number for number in stays if number not in still and number not in silent]
    assert not gone, certain(reason("away-closed", numbers=kinds_of(week["tickets"], gone)))
    others = compare_tickets(seen.after, {number: codes[number] for number in codes if number not in stays})
    assert not others.undone, reason("away-stopped", numbers=kinds_of(week["tickets"], others.undone))
    assert not others.waiting, reason("away-stopped", numbers=kinds_of(week["tickets"], others.waiting))
    assert seen.done.code != 0, certain(reason("away-code"))
    no_success(report_of(seen.after).success, reason("which-first-away"), certain)
    later = compare_tickets(seen.later, codes)
    assert not later.undone, reason("away-later", numbers=kinds_of(week["tickets"], later.undone))
    asked_once(absence)
    carried_out(compare_books(week, seen.later, as_always(week)), reason("which-away"), certain)
    assert report_of(seen.later).success > float(SUCCEEDED), reason("away-later-success")


def asked_once(absence: Absence) -> None:
    """Assert that no certificate was issued again whose answer was lost."""
    seen, drawn, week = absence.seen, absence.drawn, absence.drawn.week
    unheard = {one["host"] for one in seen.after["certificates"][len(week["certificates"]) :]}
    again = unheard.intersection(compare_books(week, seen.later, as_always(week)).twice)
    assert drawn.host not in again, reason("answer-lost", host=drawn.host)
    assert drawn.cut not in again, reason("answer-cut", host=drawn.cut)


@pytest.mark.needs("test_week")
def test_killed(killed: Killed, certain: Certain) -> None:
    """However often runs are killed, in the end each ticket has been carried out once.

    ja: 実行が何度途中で殺されても、最後にはどのチケットも1回だけ実行されている。
    """
    seen, week = killed.seen, killed.week
    codes = codes_of(week)
    for told in seen.told:
        no_success(told, reason("which-died"), certain)
    halfway = compare_tickets(seen.halfway, codes).undone
    assert not halfway, reason(
        "killed-stuck", numbers=kinds_of(week["tickets"], halfway), kills=seen.kills, last=quoted(seen.last.last)
    )
    carried_out(compare_books(week, seen.after, as_always(week)), reason("which-killed"), certain)
    handed_over(seen.after, codes, week["tickets"], certain)


@pytest.mark.needs("test_week")
def test_together(together: Together, certain: Certain) -> None:
    """Two runs at once carry out each ticket once, and tell of each once.

    ja: 二つの実行が重なっても、どのチケットも1回だけ実行され、1回だけ報告される。
    """
    seen, week = together.seen, together.week
    undone = compare_tickets(seen.after, codes_of(week)).undone
    last = quoted(seen.one.last or seen.two.last)
    assert not undone, reason("together-undone", numbers=kinds_of(week["tickets"], undone), last=last)
    books = compare_books(week, seen.after, as_always(week))
    assert not books.twice, reason("together-twice", what=some(books.twice))
    carried_out(books, reason("which-together"), certain)
    if seen.standing:
        assert seen.told <= float(SUCCEEDED), certain(reason("together-success", number=seen.standing))
        no_success(seen.told, reason("which-standing"), certain)
    told = sum(max(one.done, 0) + max(one.persons, 0) for one in reports_of(seen.after))
    many = len(week["tickets"])
    assert told <= many, certain(reason("together-told", many=many, told=shown(told)))
