"""Are the tickets of weeks that nobody has seen worked rightly, once, and by nobody but who may?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from truth import as_always, codes_of, compare_books, compare_plan, compare_tickets, plan_of, report_of, second_of

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from truth import Books, State, Ticket

    from conftest import Absence, BadForms, Crowd, FirstWeek, Killed, Together

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


def carried_out(books: Books, which: str) -> None:
    """Assert that the systems have what was asked for, once."""
    assert not books.lacking, reason("lacking", which=which, what=some(books.lacking))
    assert not books.twice, reason("twice", which=which, what=some(books.twice))
    assert not books.uncalled, reason("uncalled", which=which, what=some(books.uncalled))


def kinds_of(tickets: list[Ticket], numbers: list[int]) -> str:
    """Some tickets by number and kind."""
    kinds = {one["id"]: one["kind"] for one in tickets}
    return some([f"{number} ({kinds[number]})" for number in numbers])


@pytest.mark.guard
def test_office(scene: Scene) -> None:
    """In the office nobody has lost what was there before.

    ja: オフィスでは、前からあったものを誰も失っていない。
    """
    done = scene.host("office").run("control lost")
    lost = json.loads(done.stdout)["lost"] if done.rc == 0 else ["?"]
    assert not lost, reason("office", lost=some(lost))


def test_dry_run(first_week: FirstWeek) -> None:
    """Without --apply it changes nothing.

    ja: --apply がなければ、何も変えない。
    """
    seen = first_week.seen
    acts = [f"{one['what']} {one['name']}" for one in seen.shown["acts"]]
    assert not acts, reason("dry-acts", acts=some(acts))
    assert not seen.shown["metrics"], reason("dry-metrics")


@pytest.mark.needs("test_dry_run")
def test_plan(first_week: FirstWeek) -> None:
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
    assert not plan.given, reason("dry-given", numbers=kinds_of(tickets, plan.given))
    assert not plan.kept, reason("dry-kept", numbers=kinds_of(tickets, plan.kept))
    assert not plan.reasons, reason("dry-reasons", told=some(plan.reasons))


def owed_in(first_week: FirstWeek) -> tuple[dict[int, set[str]], list[Ticket]]:
    """For what each ticket of the true run may be handed over, and those that were to be done."""
    week = first_week.drawn.changed
    second = second_of(first_week.drawn.pair, first_week.seen.after)
    return {**codes_of(week), second: {"too-much"}}, as_always(week, [second])


@pytest.mark.needs("test_dry_run")
def test_week(first_week: FirstWeek) -> None:
    """A week's usual tickets are carried out, each once, as the week is when the run begins.

    ja: 週のいつもどおりのチケットは、実行が始まった時点の内容に従って、1件につき1回ずつ実行される。
    """
    seen, drawn = first_week.seen, first_week.drawn
    week, roomier = drawn.changed, drawn.roomier
    became = seen.after["tickets"][str(roomier["id"])]
    stale = (became["status"], became.get("reason")) == ("person", "too-much")
    assert not stale, reason("stale-refused", number=roomier["id"], volume=roomier["asks"]["volume"])
    codes, owed = owed_in(first_week)
    undone = compare_tickets(seen.after, codes).undone
    last = quoted(seen.done.last)
    assert not undone, reason("undone", numbers=kinds_of(week["tickets"], undone), code=seen.done.code, last=last)
    books = compare_books(week, seen.after, owed)
    assert not books.lacking, reason("lacking", which=reason("which-week"), what=some(books.lacking))
    assert not books.twice, reason("twice", which=reason("which-week"), what=some(books.twice))
    volume = drawn.withdrawn["asks"]["volume"]  # no other ticket of the week asks for it
    grown = seen.after["volumes"][volume]["gb"] - week["volumes"][volume]["gb"]
    assert not grown, reason("withdrawn", volume=volume, grown=grown)
    assert not books.unnamed, reason("unnamed", what=some(books.unnamed))
    assert seen.done.code == 0, reason("week-code", code=seen.done.code, last=last)


@pytest.mark.needs("test_week")
def test_refused(first_week: FirstWeek) -> None:
    """What a person has to decide is handed to a person with the right reason, and not carried out.

    ja: 人が決めるべきものは、正しい理由を付けて人に渡され、実行されない。
    """
    seen, drawn = first_week.seen, first_week.drawn
    week, decided = drawn.changed, drawn.decided
    given = compare_tickets(seen.after, {decided["id"]: {"restricted"}}).closed
    assert not given, reason("stale-closed", number=decided["id"], group=decided["asks"]["group"])
    name = drawn.pair[0]["asks"]["volume"]
    size, most = seen.after["volumes"][name]["gb"], week["volumes"][name]["most"]
    assert size <= most, reason("beyond", volume=name, size=size, most=most)
    codes, owed = owed_in(first_week)
    handed_over(seen.after, codes, week["tickets"])
    books = compare_books(week, seen.after, owed)
    assert not books.uncalled, reason("uncalled", which=reason("which-week"), what=some(books.uncalled))


def handed_over(state: State, codes: Mapping[int, set[str]], tickets: list[Ticket]) -> None:
    """Assert that each ticket for a person is with one, for a true reason."""
    found = compare_tickets(state, codes)
    assert not found.closed, reason("closed", numbers=kinds_of(tickets, found.closed))
    assert not found.waiting, reason("waiting", numbers=kinds_of(tickets, found.waiting))
    assert not found.reasons, reason("reasons", told=some(found.reasons))


@pytest.mark.needs("test_week")
def test_bad_forms(bad_forms: BadForms) -> None:
    """Forms that nobody can carry out go to a person, and hold up none of the others.

    ja: 実行できない記入のチケットは人に渡され、ほかのチケットの邪魔をしない。
    """
    seen, drawn = bad_forms.seen, bad_forms.drawn
    owed = as_always(drawn.week, drawn.codes)
    undone = compare_tickets(seen.after, {one["id"]: set() for one in owed}).undone
    last = quoted(seen.done.last)
    assert not undone, reason("held-up", numbers=kinds_of(owed, undone), code=seen.done.code, last=last)
    found = compare_tickets(seen.after, drawn.codes)
    assert not found.closed, reason("bad-closed", numbers=kinds_of(drawn.week["tickets"], found.closed))
    assert not found.waiting, reason("bad-waiting", numbers=kinds_of(drawn.week["tickets"], found.waiting))
    handed_over(seen.after, drawn.codes, drawn.week["tickets"])
    carried_out(compare_books(drawn.week, seen.after, owed), reason("which-bad"))
    assert seen.done.code == 0, reason("bad-code", code=seen.done.code, last=last)


@pytest.mark.needs("test_week")
def test_second_run(first_week: FirstWeek) -> None:
    """A second run, on a machine made anew, changes nothing.

    ja: 作り直したマシンで二度目を動かしても、何も変わらない。
    """
    seen = first_week.seen
    new = [f"{one['what']} {one['name']}" for one in seen.later["acts"][len(seen.after["acts"]) :]]
    assert not new, reason("second-acts", acts=some(new))
    assert seen.again.code == 0, reason("second-code", code=seen.again.code, last=quoted(seen.again.last))


@pytest.mark.needs("test_week")
def test_report(first_week: FirstWeek) -> None:
    """A run reports how many tickets it has done and handed over, and when it went well.

    ja: 実行は、済ませた件数、人に渡した件数、成功した時刻を報告する。
    """
    seen = first_week.seen
    codes, _ = owed_in(first_week)
    done, persons = sum(not one for one in codes.values()), sum(bool(one) for one in codes.values())
    told, later = report_of(seen.after), report_of(seen.later)
    for name, wanted, number in (("tickets_done", done, told.done), ("tickets_for_a_person", persons, told.persons)):
        assert number == wanted, reason("report-count", metric=name, wanted=wanted, seen=shown(number))
    near = seen.began - NEAR <= told.success <= seen.ended + NEAR
    assert near, reason("report-success", seen=shown(told.success), began=int(seen.began), ended=int(seen.ended))
    nothing = (later.done, later.persons) == (0, 0)
    assert nothing, reason("report-second", done=shown(later.done), persons=shown(later.persons))
    assert later.success >= told.success, reason("report-second-success", seen=shown(later.success))


def shown(number: float) -> str:
    """A number that was reported, for a reason."""
    return "-" if number == -1 else f"{number:.0f}"


@pytest.mark.needs("test_week")
def test_too_many(crowd: Crowd) -> None:
    """A run may carry out as much as the policy allows; one with more to do does nothing at all, and is no success.

    ja: 規定の件数までは実行する。それより多くを実行することになる回は、何一つ実行せず、成功とも報告しない。
    """
    full = crowd.full["policy"]["most_acts"]
    undone = compare_tickets(crowd.worked.after, codes_of(crowd.full)).undone
    last = quoted(crowd.worked.done.last)
    assert not undone, reason("many-full", most=full, numbers=kinds_of(crowd.full["tickets"], undone), last=last)
    seen, most = crowd.seen, crowd.week["policy"]["most_acts"]
    acts = [f"{one['what']} {one['name']}" for one in seen.after["acts"]]
    assert not acts, reason("many-acts", most=most, count=len(as_always(crowd.week)), acts=some(acts))
    assert seen.done.code != 0, reason("many-code", most=most)
    assert report_of(seen.after).success <= 0, reason("many-success")


@pytest.mark.needs("test_week")
def test_away(absence: Absence) -> None:
    """While a system is away its tickets stay open, the others are worked, and the run is no success.

    ja: システムが止まっている間、そのチケットは未処理のまま残り、ほかは処理され、その回は成功にならない。
    """
    seen, week = absence.seen, absence.week
    codes = codes_of(week)
    kinds = {one["id"]: one["kind"] for one in week["tickets"]}
    silent = {one["id"] for one in week["tickets"] if one["asks"].get("host") == absence.host}
    stays = [number for number, wanted in codes.items() if not wanted and kinds[number] != "access"]
    still = left_open(seen.after, stays)
    gone = [number for number in stays if number not in still and number not in silent]
    assert not gone, reason("away-closed", numbers=kinds_of(week["tickets"], gone))
    others = compare_tickets(seen.after, {number: codes[number] for number in codes if number not in stays})
    assert not others.undone, reason("away-stopped", numbers=kinds_of(week["tickets"], others.undone))
    assert not others.waiting, reason("away-stopped", numbers=kinds_of(week["tickets"], others.waiting))
    assert seen.done.code != 0, reason("away-code")
    assert report_of(seen.after).success <= 0, reason("away-success")
    later = compare_tickets(seen.later, codes)
    assert not later.undone, reason("away-later", numbers=kinds_of(week["tickets"], later.undone))
    books = compare_books(week, seen.later, as_always(week))
    unheard = {one["host"] for one in seen.after["certificates"][len(week["certificates"]) :]}
    again = sorted(unheard.intersection(books.twice))
    assert not again, reason("answer-lost", host=some(again))
    carried_out(books, reason("which-away"))
    assert report_of(seen.later).success > 0, reason("away-later-success")


@pytest.mark.needs("test_week")
def test_killed(killed: Killed) -> None:
    """However often runs are killed, in the end each ticket has been carried out once.

    ja: 実行が何度途中で殺されても、最後にはどのチケットも1回だけ実行されている。
    """
    seen, week = killed.seen, killed.week
    codes = codes_of(week)
    assert not seen.success, reason("killed-success")
    halfway = compare_tickets(seen.halfway, codes).undone
    assert not halfway, reason(
        "killed-stuck", numbers=kinds_of(week["tickets"], halfway), kills=seen.kills, last=quoted(seen.last.last)
    )
    undone = compare_tickets(seen.after, codes).undone
    assert not undone, reason("killed-undone", numbers=kinds_of(week["tickets"], undone), last=quoted(seen.done.last))
    carried_out(compare_books(week, seen.after, as_always(week)), reason("which-killed"))
    handed_over(seen.after, codes, week["tickets"])


@pytest.mark.needs("test_week")
def test_together(together: Together) -> None:
    """Two runs at once carry out each ticket once.

    ja: 二つの実行が重なっても、どのチケットも1回だけ実行される。
    """
    seen, week = together.seen, together.week
    undone = compare_tickets(seen.after, codes_of(week)).undone
    last = quoted(seen.one.last or seen.two.last)
    assert not undone, reason("together-undone", numbers=kinds_of(week["tickets"], undone), last=last)
    books = compare_books(week, seen.after, as_always(week))
    assert not books.twice, reason("together-twice", what=some(books.twice))
    carried_out(books, reason("which-together"))
    assert not seen.early, reason("together-success", number=seen.standing)
