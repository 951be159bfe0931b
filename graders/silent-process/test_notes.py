"""Does every order become a delivery note again, numbered, booked, counted and copied, and nothing lost on the way?"""

from collections import Counter
from typing import Any

import pytest

from kikori.grading import Scene, eventually, reasons, say

reason = reasons(__file__)

PLACED = 4
"""Orders that are placed at once."""
WAITED = ("Aoki", "Hirano", "Kubo")
"""Customers whose orders waited when the fault was found."""
HOME = "/var/lib/notes"
COPIED = 9.0
"""Seconds in which the office's copy has every line."""
COPY = "/var/backups/notes/register.csv"
MORE_THAN_CHANCE = 2
"""Parcels booked twice; a carrier whose answer came just as a clerk gave it up may have one."""
LOST = 12
"""Notes that the wall may lack: who tried the pipe by hand has read some of its lines."""
CLERKS = ("clerk-1", "clerk-2")
MEANWHILE = 3
"""Orders that come while the carrier answers nobody."""
AWAY = 2.5
"""Seconds for which it does not."""


@pytest.mark.guard
def test_orders_are_taken(batch: Any, scene: Scene) -> None:
    """The desk takes orders.

    ja: 受付が注文を受け付けている。
    """
    assert len(batch.orders) == PLACED, reason(
        "orders-are-taken", count=len(batch.orders), placed=PLACED, state=scene.state("notes")
    )


@pytest.mark.timeout(110)
@pytest.mark.needs("test_orders_are_taken")
def test_notes_come(batch: Any) -> None:
    """Four orders placed at once have their notes within seconds.

    ja: 同時に出した4件の注文の納品書が、数秒のうちに出てくる。
    """
    batch.wait()
    came = len(batch.notes)
    assert came == PLACED or not batch.silent, reason("notes-come", placed=PLACED, came=came, silent=batch.silent)
    assert came == PLACED, reason("notes-come-2", placed=PLACED, came=came)


@pytest.mark.needs("test_notes_come")
def test_numbers_have_no_gap_and_no_double(batch: Any) -> None:
    """Each note has a number of its own, and the numbers follow one another.

    ja: 納品書には一枚ごとに別の番号が付き、番号は途切れずに続く。
    """
    assert_numbered(batch)


def assert_numbered(batch: Any) -> None:
    """Assert that a batch's numbers are there once each, in whatever order they were written down."""
    added = batch.added()
    own = [int(row[0]) for row in added if row[0].isdecimal()]
    first, last = (min(own), max(own)) if own else (0, -1)
    every = [int(row[0]) for row in batch.desk.register() if row[0].isdecimal()]
    times = Counter(number for number in every if first <= number <= last)
    missing, strange = last - first + 1 - len(times), len(added) - len(own)
    twice = sum(times[number] > 1 for number in {*own[1 if batch.before else 0 :]})
    assert not missing + twice + strange, reason(
        "assert-numbered", first=first, last=last, missing=missing, twice=twice, strange=strange
    )
    told = {order: number for number, order, _ in batch.added()}
    wrong = sum(f"note {told.get(order)}\n" not in note for order, note in batch.notes.items())
    assert not wrong, reason("assert-numbered-2", wrong=wrong)


@pytest.mark.needs("test_notes_come")
def test_parcels_are_booked(batch: Any) -> None:
    """The carrier knows a parcel of its own for each note.

    ja: 納品書の一枚ごとに、運送会社が別の荷物を知っている。
    """
    assert_booked(batch)
    references = Counter(reference for reference, _ in batch.desk.parcels().values())
    twice = sum(references[number] > 1 for number, order, _ in batch.added() if order in batch.notes)
    assert twice < MORE_THAN_CHANCE, reason("parcels-are-booked", twice=twice, count=len(batch.notes))


def assert_booked(batch: Any) -> None:
    """Assert that the carrier, the register and the notes of a batch tell of the same parcels."""
    known, entered = batch.desk.parcels(), {order: (number, tracking) for number, order, tracking in batch.added()}
    numbers = {order: note.partition("tracking ")[2].split("\n")[0] for order, note in batch.notes.items()}
    unknown, many = sum(number not in known for number in numbers.values()), len(numbers)
    assert not unknown, reason("assert-booked", unknown=unknown, many=many)
    shared = many - len(set(numbers.values()))
    assert not shared, reason("assert-booked-2", many=many, many_2=many - shared, shared=shared)
    differing = sum(entered.get(order, ("", ""))[1] != tracking for order, tracking in numbers.items())
    assert not differing, reason("assert-booked-3", differing=differing, many=many)
    customers = {order.number: order.customer for order in batch.orders}
    false = sum(known[one] != (entered[order][0], customers[order]) for order, one in numbers.items())
    assert not false, reason("assert-booked-4", false=false, many=many)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_notes_are_counted(quiet: Any) -> None:
    """The wall counts each note once.

    ja: 壁の表示が、納品書を1枚につき1回数えている。
    """
    assert min(quiet.counted_before, quiet.counted) >= 0, reason("notes-are-counted")
    grown = quiet.counted - quiet.counted_before
    assert grown == quiet.printed, reason(
        "notes-are-counted-2", printed=quiet.printed, counted_before=quiet.counted_before, counted=quiet.counted
    )
    assert quiet.shown == quiet.counted, say(
        f"/tally says {quiet.counted}, and the page on the wall "
        + (f"says {quiet.shown}" if quiet.shown >= 0 else "shows no count")
        + ": which of the two do the packers see?",
        f"/tally は {quiet.counted} ですが、壁のページは"
        + (f" {quiet.shown} です" if quiet.shown >= 0 else "数を示していません")
        + "。担当者が見るのはどちらでしょうか",
    )
    assert quiet.notes - quiet.counted <= LOST, reason("notes-are-counted-3", counted=quiet.counted, notes=quiet.notes)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_both_clerks_work(desk: Any, quiet: Any) -> None:
    """Both clerks take orders in hand.

    ja: clerk は二つとも注文をさばいている。
    """
    idle = [clerk for clerk in CLERKS if not desk.works(clerk)]
    assert len(idle) != 1, reason("both-clerks-work", count=len(desk.placed), idle=idle[0])


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come", "test_notes_are_counted")
def test_orders_outlast_an_outage(desk: Any, quiet: Any) -> None:
    """Orders that come while the carrier does not answer have their notes once it does.

    ja: 運送会社が答えない間に来た注文も、また答えるようになれば納品書になる。
    """
    with desk.carrier_away():
        batch = desk.batch(MEANWHILE)
        early = eventually(batch.came, bool, within=AWAY)
        counted = desk.counted()
    assert len(batch.orders) == MEANWHILE, reason(
        "orders-outlast-an-outage", count=len(batch.orders), meanwhile=MEANWHILE
    )
    assert not early, reason("orders-outlast-an-outage-2", early=early)
    assert counted <= quiet.counted, reason("orders-outlast-an-outage-3", counted=quiet.counted, counted_2=counted)
    batch.wait()
    missing = MEANWHILE - len(batch.notes)
    assert not missing, reason("orders-outlast-an-outage-4", meanwhile=MEANWHILE, missing=missing)
    assert_numbered(batch)
    assert_booked(batch)
    more = surplus(batch)
    assert more < MORE_THAN_CHANCE, reason("orders-outlast-an-outage-5", meanwhile=MEANWHILE, more=more)


def surplus(batch: Any) -> int:
    """How many parcels the carrier has beyond one for each note of a batch, under its number."""
    references = Counter(reference for reference, _ in batch.desk.parcels().values())
    return sum(references[number] - 1 for number, order, _ in batch.added() if order in batch.notes)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_nothing_piles_up(quiet: Any) -> None:
    """Orders leave nothing behind but their notes and lines.

    ja: 注文のあとに残るのは、納品書と、台帳やログの行だけである。
    """
    assert not quiet.left, reason("nothing-piles-up", in_words=quiet.in_words())


@pytest.mark.needs("test_notes_come")
def test_register_is_copied(desk: Any, batch: Any) -> None:
    """The office's copy of the register has every line within seconds.

    ja: 事務所用の台帳の写しに、数秒のうちにすべての行が載る。
    """

    def missing() -> int:
        copy = set(desk.text(COPY).splitlines())
        return sum(";".join(row) not in copy for row in desk.register())

    def surplus() -> int:
        return len(desk.text(COPY).splitlines()) - len(desk.register())

    late = eventually(missing, lambda count: not count, within=COPIED)
    assert not late, reason("register-is-copied", late=late, copy=COPY, copied=COPIED)
    more = eventually(surplus, lambda count: count <= 0, within=3)
    assert more <= 0, reason("register-is-copied-2", copy=COPY, more=more)
    assert desk.inode(COPY) != desk.inode(f"{HOME}/register.csv"), reason("register-is-copied-3", copy=COPY)


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_no_order_is_lost(desk: Any, batch: Any) -> None:
    """Every order that was ever taken is waiting or has its note.

    ja: 受け付けた注文はどれも、順番を待っているか、納品書になっている。
    """

    def lost() -> set[str]:
        return set(desk.taken() - desk.lying("in", "work", "out").keys())

    gone = eventually(lost, lambda found: not found, within=3)  # the printer may have it
    assert not gone, reason("no-order-is-lost", count=len(gone))
    assert set(batch.notes) <= set(desk.text(f"{HOME}/orders.log").split()), reason("no-order-is-lost-2")


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_those_who_waited_have_theirs(scene: Scene, desk: Any, quiet: Any) -> None:
    """Orders that waited before have their notes too.

    ja: 前から待っていた注文にも、納品書が出ている。
    """

    def waiting() -> set[str]:
        entered, printed = {row[1] for row in desk.register()}, desk.lying("out")
        return {order for order in desk.taken() if order not in entered or not printed.get(order)}

    left = eventually(waiting, lambda found: not found, within=6)
    assert not left, reason("those-who-waited-have-theirs", count=len(left))
    served = desk.customers() if scene.attempt.fault else set(WAITED)
    without = [name for name in WAITED if name not in served]
    assert not without, reason("those-who-waited-have-theirs-2", without=without)
