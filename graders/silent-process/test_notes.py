"""Does every order become a delivery note again, numbered, booked, counted and copied, and nothing lost on the way?"""

from collections import Counter
from typing import Any

import pytest

from kikori.grading import Scene, eventually, say

PLACED = 4
"""Orders that are placed at once."""
WAITED = ("Aoki", "Hirano", "Kubo")
"""Customers whose orders waited when the fault was found."""
HOME = "/var/lib/notes"
COPIED = 9.0
"""Seconds in which the office's copy has every line."""
COPY = "/var/backups/notes/register.csv"
MORE_THAN_CHANCE = 2
"""Parcels booked twice; a carrier that was late once on a busy computer may have one."""
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
    assert len(batch.orders) == PLACED, say(
        f"the desk took {len(batch.orders)} of {PLACED} orders; its container is {scene.state('notes')}",
        f"受付が受け付けた注文は {PLACED} 件中 {len(batch.orders)} 件です（コンテナーは {scene.state('notes')}）",
    )


@pytest.mark.timeout(110)
@pytest.mark.needs("test_orders_are_taken")
def test_notes_come(batch: Any) -> None:
    """Four orders placed at once have their notes within seconds.

    ja: 同時に出した4件の注文の納品書が、数秒のうちに出てくる。
    """
    batch.wait()
    came = len(batch.notes)
    assert came == PLACED or not batch.silent, say(
        f"of {PLACED} orders {came} have notes that say what was ordered; then no note was printed for "
        f"{batch.silent:.1f} s. What is each clerk doing at this moment?",
        f"注文 {PLACED} 件のうち、注文どおりの納品書が出たのは {came} 件で、そのあと {batch.silent:.1f} "
        "秒間は1枚も出ていません。clerk はいま何をしているのでしょうか",
    )
    assert came == PLACED, say(
        f"of {PLACED} orders {came} have notes; others are still being printed, one after the other, and so many "
        "waited before that these had no turn. How many wait now, and does their number fall?",
        f"注文 {PLACED} 件のうち、納品書が出たのは {came} 件です。納品書は1枚ずつ出ていますが、前に待つ注文が多く、"
        "順番が回ってきませんでした。いま何件待っていて、その数は減っているでしょうか",
    )


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
    assert not missing + twice + strange, say(
        f"expected each number from {first} to {last} in the register once; {missing} are missing, {twice} are there "
        f"more than once, and {strange} lines have none: what kept two clerks from the same number?",
        f"台帳には {first} から {last} までの番号が1回ずつあるはずですが、抜けが {missing} 個、重なりが {twice} 個、"
        f"番号のない行が {strange} 行あります。clerk どうしが同じ番号を取らないようにしていたのは何でしょうか",
    )
    told = {order: number for number, order, _ in batch.added()}
    wrong = sum(f"note {told.get(order)}\n" not in note for order, note in batch.notes.items())
    assert not wrong, say(
        f"{wrong} notes show another number than the register has for their order",
        f"{wrong} 枚の納品書の番号が、台帳の番号と違います",
    )


@pytest.mark.needs("test_notes_come")
def test_parcels_are_booked(batch: Any) -> None:
    """The carrier knows a parcel of its own for each note.

    ja: 納品書の一枚ごとに、運送会社が別の荷物を知っている。
    """
    assert_booked(batch)
    references = Counter(reference for reference, _ in batch.desk.parcels().values())
    twice = sum(references[number] > 1 for number, order, _ in batch.added() if order in batch.notes)
    assert twice < MORE_THAN_CHANCE, say(
        f"for {twice} of {len(batch.notes)} notes the carrier has more than one parcel booked, "
        "and somebody comes for each",
        f"納品書 {len(batch.notes)} 枚のうち {twice} 枚に、運送会社の予約が二つ以上あります。"
        "荷物のない集荷まで来てしまいます",
    )


def assert_booked(batch: Any) -> None:
    """Assert that the carrier, the register and the notes of a batch tell of the same parcels."""
    known, entered = batch.desk.parcels(), {order: (number, tracking) for number, order, tracking in batch.added()}
    numbers = {order: note.partition("tracking ")[2].split("\n")[0] for order, note in batch.notes.items()}
    unknown, many = sum(number not in known for number in numbers.values()), len(numbers)
    assert not unknown, say(
        f"the carrier knows nothing of {unknown} of {many} parcels: nobody will fetch them",
        f"{many} 個の荷物のうち {unknown} 個を運送会社は知りません。誰も取りに来ません",
    )
    shared = many - len(set(numbers.values()))
    assert not shared, say(
        f"{many} notes have {many - shared} tracking numbers: for {shared} parcels nothing was booked",
        f"{many} 枚の納品書に追跡番号が {many - shared} 個しかなく、荷物 {shared} 個は予約されていません",
    )
    differing = sum(entered.get(order, ("", ""))[1] != tracking for order, tracking in numbers.items())
    assert not differing, say(
        f"for {differing} of {many} notes the register does not have the tracking number that the note has: who finds "
        "the parcel when the note is lost?",
        f"納品書 {many} 枚のうち {differing} 枚の追跡番号が、台帳にはありません。納品書をなくしたとき、誰が荷物を"
        "探せるでしょうか",
    )
    customers = {order.number: order.customer for order in batch.orders}
    false = sum(known[one] != (entered[order][0], customers[order]) for order, one in numbers.items())
    assert not false, say(
        f"{false} of {many} parcels were booked under another number or for another customer than their note has",
        f"荷物 {many} 個のうち {false} 個は、納品書とは別の番号か、別の客の名前で予約されています",
    )


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_notes_are_counted(quiet: Any) -> None:
    """The wall counts each note once.

    ja: 壁の表示が、納品書を1枚につき1回数えている。
    """
    assert min(quiet.counted_before, quiet.counted) >= 0, say(
        "the wall shows no count any more: /tally answers with no number",
        "壁に数字が出ていません。/tally の答えが数字ではありません",
    )
    grown = quiet.counted - quiet.counted_before
    assert grown == quiet.printed, say(
        f"{quiet.printed} notes came, and the count on the wall went from {quiet.counted_before} to {quiet.counted}",
        f"納品書は {quiet.printed} 枚出ましたが、壁の数字は {quiet.counted_before} から {quiet.counted} になりました",
    )
    assert quiet.shown == quiet.counted, say(
        f"/tally says {quiet.counted}, and the page on the wall "
        + (f"says {quiet.shown}" if quiet.shown >= 0 else "shows no count")
        + ": which of the two do the packers see?",
        f"/tally は {quiet.counted} ですが、壁のページは"
        + (f" {quiet.shown} です" if quiet.shown >= 0 else "数を示していません")
        + "。担当者が見るのはどちらでしょうか",
    )
    assert quiet.notes - quiet.counted <= LOST, say(
        f"the wall says {quiet.counted}, and {quiet.notes} notes were printed: which of them did "
        "nobody count, and when was that?",
        f"壁の数字は {quiet.counted} ですが、納品書は {quiet.notes} 枚出ています。数えられなかったのは、"
        "いつ出た納品書でしょうか",
    )


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_both_clerks_work(desk: Any, quiet: Any) -> None:
    """Both clerks take orders in hand.

    ja: clerk は二つとも注文をさばいている。
    """
    idle = [clerk for clerk in CLERKS if not desk.works(clerk)]
    assert len(idle) != 1, say(
        f"{len(desk.placed)} orders were placed; {idle[0]} was never seen with one of them in its folder, and its log "
        "names none: who does the work of two at the next rush?",
        f"{len(desk.placed)} 件の注文を出しましたが、{idle[0]} のフォルダーに入ったところは一度も見られず、ログにも"
        "1件も載っていません。混んだとき、二人分の仕事を誰がするのでしょうか",
    )


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
    assert len(batch.orders) == MEANWHILE, say(
        f"while the carrier answered nobody, the desk took {len(batch.orders)} of {MEANWHILE} orders",
        f"運送会社が答えない間に受付が受け付けた注文は、{MEANWHILE} 件中 {len(batch.orders)} 件です",
    )
    assert not early, say(
        f"{early} notes came while the carrier answered nobody: who booked their parcels?",
        f"運送会社が答えない間に、納品書が {early} 枚出ました。その荷物を予約したのは誰でしょうか",
    )
    assert counted <= quiet.counted, say(
        f"while no note could come, the count on the wall rose from {quiet.counted} to {counted}: what is counted?",
        f"納品書が出るはずのない間に、壁の数字が {quiet.counted} から {counted} になりました。何を数えているので"
        "しょうか",
    )
    batch.wait()
    missing = MEANWHILE - len(batch.notes)
    assert not missing, say(
        f"of {MEANWHILE} orders that came while the carrier answered nobody, {missing} have no note although it "
        "answers again: where are they now?",
        f"運送会社が答えない間に来た {MEANWHILE} 件の注文のうち {missing} 件は、また答えるようになっても納品書が"
        "ありません。いまどこにあるのでしょうか",
    )
    assert_numbered(batch)
    assert_booked(batch)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_notes_come")
def test_nothing_piles_up(quiet: Any) -> None:
    """Orders leave nothing behind but their notes and lines.

    ja: 注文のあとに残るのは、納品書と、台帳やログの行だけである。
    """
    assert not quiet.left, say(
        f"every round of orders leaves {quiet.in_words()} behind, more than their notes and lines take",
        f"注文を何件か出すたびに、納品書や台帳の行のほかにも、{quiet.in_words()}が残っていきます",
    )


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
    assert not late, say(
        f"{late} lines of the register are not in {COPY} after {COPIED:.0f} s: who copies it?",
        f"{COPIED:.0f} 秒たっても、台帳の {late} 行が {COPY} にありません。写しているのは誰でしょうか",
    )
    more = eventually(surplus, lambda count: count <= 0, within=3)
    assert more <= 0, say(
        f"{COPY} has {more} lines more than the register: how long will it be by tonight?",
        f"{COPY} は台帳より {more} 行多くなっています。夜には何行になっているでしょうか",
    )
    assert desk.inode(COPY) != desk.inode(f"{HOME}/register.csv"), say(
        f"{COPY} and the register are one and the same file under two names: what has the office left when that file "
        "is damaged?",
        f"{COPY} と台帳は、名前が二つあるだけの同じファイルです。そのファイルが壊れたら、事務所には何が残るでしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_no_order_is_lost(desk: Any, batch: Any) -> None:
    """Every order that was ever taken is waiting or has its note.

    ja: 受け付けた注文はどれも、順番を待っているか、納品書になっている。
    """

    def lost() -> set[str]:
        return set(desk.taken() - desk.lying("in", "work", "out").keys())

    gone = eventually(lost, lambda found: not found, within=3)  # the printer may have it
    assert not gone, say(
        f"{len(gone)} orders of orders.log are neither waiting nor printed: those customers still expect their tea",
        f"orders.log の注文のうち {len(gone)} 件が、待っておらず、納品書にもなっていません。客はお茶を待っています",
    )
    assert set(batch.notes) <= set(desk.text(f"{HOME}/orders.log").split()), say(
        "orders were taken that orders.log knows nothing of: how would anybody miss one?",
        "受け付けた注文が orders.log に載っていません。なくなっても誰も気づけません",
    )


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
    assert not left, say(
        f"{len(left)} orders of orders.log are not in the register or have no note with anything on it, though nobody "
        "waits before them",
        f"orders.log の注文のうち {len(left)} 件は、前に待つ注文がないのに、台帳に載っていないか、中身のある納品書が"
        "ありません",
    )
    served = desk.customers() if scene.attempt.fault else set(WAITED)
    without = [name for name in WAITED if name not in served]
    assert not without, say(
        f"{', '.join(without)} ordered before the fix, and there is no note for them",
        f"{'、'.join(without)} は直す前に注文していましたが、納品書がありません",
    )
