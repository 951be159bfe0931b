"""Cells of a post-mortem that hold one value alone, and what the recording says of a row. No Docker needed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON, modules_of

pytestmark = pytest.mark.stands_on("postmortem", code=STANDS_ON)
GRADER = paths.ROOT / "graders" / "postmortem"
PAPER = paths.ROOT / "labs" / "_images" / "paper"


@pytest.fixture(scope="module")
def grader() -> Iterator[Any]:
    with modules_of(PAPER, GRADER) as load:
        yield load


@pytest.fixture(scope="module")
def night(grader: Any) -> Any:
    return grader("night").Night()


def split(text: str) -> list[str]:
    """Values that stand between bars."""
    return [one.strip() for one in text.split("|")]


RIGHT = {
    "moment": "12:12:07 | 12:12:07 UTC | 12:12:07Z | 2026-05-14T12:12:07Z | 14 May 2026, 12:12:07 UTC | **12:12:07** |"
    "１２：１２：０７ | 12時12分7秒 | 2026年5月14日 12時12分7秒 | 12:12:07 (UTC) | ~12:12:07 | 12:12:07頃 | "
    "May 14, 12:12:07",
    "duration": "44 min | 0:44 | 00:44:00 | 43 min 60 s | 44分 | 約44分 | 0:44 h | 44 minutes | 2640 s | "
    "about 44 min | 44m",
    "people": "425 | 425 customers | ~425 people | 425人 | 425 different customers | 約425人 | **425**",
    "orders": "351 | 351 orders | 351件 | 351 lost orders | about 351",
    "share": "47.4 % | 47.4% | 47,4 % | 47.4 percent | 約47,4% | 47.4 ％ | 47.4パーセント",
    "change": "2071 | #2071 | change 2071 | Change #2071 | 変更2071 | 2071番 | No. 2071 | `2071`",
}
WRONG = {
    "moment": "12:12 ではない | not 12:12 | 12:18 (corrected: 12:29) | 12:18（訂正: 12:29） | 12:12 or 12:13 | 25:12 |"
    "12:61 | noon | 12:12* | | 12:12 13:13 | 12:12-12:56 | 12:12, or later | 12:12?",
    "duration": "44 min (38 min) | 44 | 44 min or 38 min | not 44 min | 44 min? | 44分（正しくは38分） | "
    "-44 min | 44 s ago",
    "people": "425 orders | 425件 | 425件の注文 | 425 (or 430) | far more than 425 | 425? | -425 | 425 % | 425 or so",
    "orders": "351 customers | 351人 | 351 (the probe's included) | 351 requests | 351（プローブを除くと250）",
    "share": "47.4 | 0.474 | 47.4 % (left over) | -47.4 % | 47.43 %（残り） | nearly half (47.4 %)",
    "change": "2071 or 2075 | 2075 (release 118 of checkout) | 2071, 2075 | release 118 | not 2071 | 12:12 | 20711",
}


def read(grader: Any, night: Any, kind: str, text: str) -> Any:
    """A cell by the reader of its kind."""
    cells = grader("cells")
    return cells.moment(text, night.day) if kind == "moment" else getattr(cells, kind)(text)


@pytest.mark.parametrize("kind", RIGHT)
def test_one_value_is_read_as_people_write_it(grader: Any, night: Any, kind: str) -> None:
    seen = {one: read(grader, night, kind, one) for one in split(RIGHT[kind])}
    if kind == "moment":
        seen = {one: found.seconds if found else None for one, found in seen.items()}
    wanted = {"moment": 43927, "duration": 2640, "people": 425, "orders": 351, "share": 47.4, "change": 2071}[kind]
    assert {one: found for one, found in seen.items() if found != wanted} == {}


@pytest.mark.parametrize("kind", WRONG)
def test_what_stands_beside_a_value_makes_it_none(grader: Any, night: Any, kind: str) -> None:
    assert [one for one in split(WRONG[kind]) if read(grader, night, kind, one) is not None] == []


def test_effects_and_kinds_are_one_word_of_the_form(grader: Any) -> None:
    cells = grader("cells")
    for one in split("none | **Mitigated** | なし | 悪化 | 緩和 | resolved. | No effect"):
        assert cells.effect(one), one
    for one in split(
        "none, orders came back with it | mitigated, this resolved it for good | 緩和、これで解決した | "
        "not worse | 未解決 |"
        "mitigated, and with that it was resolved | none / worse | worse (a little) | 悪化しなかった | none*"
    ):
        assert not cells.effect(one), one
    assert [cells.kind(one) for one in split("prevent | 検知 | prevent, detect | 予防、検知 | not prevent")] == [
        *("prevent", "detect"),
        *("", "", ""),
    ]


def test_a_source_is_a_list_of_files(grader: Any) -> None:
    cells = grader("cells")
    for one in split(
        "pager.jsonl | `pager.jsonl` | pager | changes.jsonl, metrics.csv | 変更、メトリクス | 客の台帳 | "
        "recording/chat.txt |"
        "chat.txt 21:53 | customers.csv:120 | log.txt 45行目 | [pager.jsonl](recording/pager.jsonl) | "
        "changes.jsonl #2075 | pager.jsonl, line 1"
    ):
        assert cells.sources(one), one
    for one in split(
        "slo.toml | pager.jsonl, slo.toml | not pager.jsonl | pager.jsonl (I think) | catalog | | all of them"
    ):
        assert not cells.sources(one), one


def test_a_row_that_lasted_has_two_ends(grader: Any, night: Any) -> None:
    cells = grader("cells")
    for one in split("12:12–12:56 | 12:12 - 12:56 | 12:12〜12:56 | from 12:12 to 12:56 | 12:12から12:56まで"):
        assert [moment.seconds for moment in cells.span(one, night.day)] == [43920, 46560], one
    for one in split("12:12, 12:56 | 12:56-12:12 | 12:12 and 12:56 | 12:12 or 12:56"):
        assert not cells.span(one, night.day), one


def test_due_is_one_day_or_a_span(grader: Any, night: Any) -> None:
    cells = grader("cells")
    for one in split(
        "2026-06-12 | by 2026-06-12 | 12 June 2026 | 12th of June | June 12 | 29.05.2026 | 12-Jun-2026 | 2026/06/30 |"
        "2026年5月29日 | 5月29日まで | 2026-05-29（金） | Friday, 29 May | 3 weeks | within two weeks | "
        "in a fortnight |"
        "2週間以内 | 1か月以内 | by the end of June | 6月末まで | next week | Q3 | 2 working days | 10営業日以内"
    ):
        assert cells.is_due(one, night.day), one
    for one in split(
        "2026-06-12 or never | 2026-05-01 | 2026-05-14 | 2036-06-12 | soon | TBD | "
        "2026-06-12 (or whenever there is time) |"
        "2026-06-12, if possible | in ten years | 2026-06-31 | 未定 | できれば6月末 | "
        "2026-06-30（手が空いたとき） | not 2026-06-12"
    ):
        assert not cells.is_due(one, night.day), one


def test_an_owner_is_one_role(grader: Any, night: Any) -> None:
    owners = grader("owners")
    for one in split(
        "servers | servers and the database | on-call rota | on-call of the servers | the shop's on-call | "
        "accounting IT |"
        "accounting's developers | owner of the scheduler | support desk | その夜の店のオンコール | "
        "サーバー担当 | 経理システム担当 |"
        "サーバーとデータベース | スケジューラの管理者 | ほかの部署が店の隣で動かすもの | "
        "On call for the shop | **servers**"
    ):
        assert owners.is_role(one, night), one
    for one in split(
        "servers or accounting | servers / web | servers and web | servers, accounting | サーバーと経理 | "
        "サーバーまたは経理 |"
        "servers (not asked) | us | Kenji | servers (Kenji) | management | the team | チーム | 関係者 | "
        "servers, if they agree |"
        "not servers | whoever has time | frontier | nobody"
    ):
        assert not owners.is_role(one, night), one


@pytest.mark.parametrize(
    "letters",
    [
        "1",
        "12:",
        "1 min ",
        "a ",
        "and ",
        "servers ",
        "と",
        "12:12-",
        "2026-",
        "no. ",
        "約",
        "error ",
        "「",
        "600 orders lost ",
    ],
)
def test_cells_are_read_in_no_time(grader: Any, night: Any, letters: str) -> None:
    cells, owners, recorded = (grader(name) for name in ("cells", "owners", "recorded"))
    cell, began = letters * (3900 // len(letters)), time.monotonic()
    for kind in RIGHT:
        read(grader, night, kind, cell)
    cells.span(cell, night.day)
    cells.is_due(cell, night.day)
    cells.sources(cell)
    owners.is_role(cell, night)
    recorded.unheard(cell, {"pager"}, [45000], night)
    recorded.absent(cell, {"chat"}, [45000], night)
    recorded.other_clock(cell, night)
    grader("logged").unlogged_number(cell, {"log"}, [45000], night)
    grader("logged").unlogged_words(cell, {"log"}, [45000], night)
    assert list(recorded.other_counts(cell, night)) is not None
    assert time.monotonic() - began < 4


def at(clock: str) -> list[int]:
    """A time of day in seconds."""
    hour, minute = clock.split(":")
    return [3600 * int(hour) + 60 * int(minute)]


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:20", "The alert CheckoutLatencyHigh pages as well", {"chat"}),
        ("12:22", "二つ目の呼び出しShopDoesNotOpenが鳴る", {"pager"}),
        ("12:40", "`OrdersGetLostQuietly` fires", {"metrics"}),
        ("12:40", "CheckoutSlow pages", {"pager"}),
    ],
)
def test_an_alert_that_was_not_there_is_found(grader: Any, night: Any, clock: str, row: str, sources: set[str]) -> None:
    assert grader("recorded").unheard(row, sources, at(clock), night)


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:13", "The probe fails; OrdersDoNotComeThrough will fire five minutes on", {"pager"}),
        ("12:18", "OrdersDoNotComeThrough", {"pager"}),
        ("12:32", "ConnectionRefusedError in catalog", {"log"}),
        ("12:53", "ShopDoesNotOpen が鳴る", {"pager"}),
        ("12:57", "OrdersDoNotComeThrough ends", {"pager"}),
        ("12:29", "MariaDB and PyMySQL: too many connections", {"log"}),
        ("12:29", "GitHub has nothing of it", {"chat"}),
    ],
)
def test_an_alert_or_error_of_the_recording_is_none_of_these(
    grader: Any, night: Any, clock: str, row: str, sources: set[str]
) -> None:
    assert not grader("recorded").unheard(row, sources, at(clock), night)


LOG = {"log"}


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:13", "checkout logs the first lock wait timeouts (1205)", LOG),
        ("12:13", "The database reports error 1213", {"metrics"}),
        ("12:13", "エラー 1205 が出始める", {"chat"}),
        ("12:13", "errors 1040 begin", LOG),
        ("12:20", "OperationalError 1205 from the database", LOG),
        ("12:20", "front answers with status 503", LOG),
        ("12:40", "(1205, 'Lock wait timeout exceeded')", LOG),
    ],
)
def test_the_number_of_an_error_is_one_of_the_log(
    grader: Any, night: Any, clock: str, row: str, sources: set[str]
) -> None:
    assert grader("logged").unlogged_number(row, sources, at(clock), night)


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:13", 'logs the first "Lock wait timeout exceeded"', LOG),
        ("12:13", "「Deadlock found when trying to get lock」が出る", {"log", "metrics"}),
        ("12:13", "`Lock wait timeout exceeded` in checkout", LOG),
        ("12:13", '"Too many connections" for the first time', LOG),
    ],
)
def test_what_is_quoted_from_the_log_stands_there(
    grader: Any, night: Any, clock: str, row: str, sources: set[str]
) -> None:
    assert grader("logged").unlogged_words(row, sources, at(clock), night)


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:13", "checkout logs (2013, 'Lost connection to MySQL server during query (timed out)')", LOG),
        ("12:14", 'error 2013, "Lost connection to MySQL server"', LOG),
        ("12:25", 'Rolled back (2077); a little later "Too many connections" (1040)', {"log", "changes"}),
        ("12:28", "エラー1040「Too many connections」が出始める", LOG),
        ("12:14", '"lost connections to the MySQL server"', LOG),
        ("12:28", "「接続が多すぎる」というエラー", LOG),
        ("12:36", '"lock wait timeout" is what Kenji would raise', {"chat"}),
        ("12:36", 'What Kenji calls a "longer lock wait timeout"', {"chat", "log"}),
        ("12:48", "`GET /browse 502` and `catalog`", LOG),
        ("12:54", "A session is open for 2520 s (2520)", {"sessions", "log"}),
        ("12:28", "Errors: 1200 requests in ten minutes", LOG),
        ("12:48", "Pages fail with status 502, orders with error 500 or 499", LOG),
        ("12:29", "pymysql.err.OperationalError: (1040, 'Too many connections')", LOG),
        ("12:29", "エラー 425人", LOG),
        ("12:37", "checkout reloaded (14 May 2026)", LOG),
        ("12:12", 'The "evening-archive" begins', {"log", "changes"}),
    ],
)
def test_errors_of_the_log_may_be_named(grader: Any, night: Any, clock: str, row: str, sources: set[str]) -> None:
    logged = grader("logged")
    assert not logged.unlogged_number(row, sources, at(clock), night)
    assert not logged.unlogged_words(row, sources, at(clock), night)


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:53", "Minato finds the moved job in the scheduler", {"chat"}),
        ("12:54", "2520秒開いたままのセッションを、ミナトが見つける", {"sessions"}),
        ("12:32", "Kenji restarts memcached", {"changes"}),
        ("13:02", "Minato switches the archive off", {"changes", "chat"}),
    ],
)
def test_who_did_nothing_then_is_found(grader: Any, night: Any, clock: str, row: str, sources: set[str]) -> None:
    assert grader("recorded").absent(row, sources, at(clock), night)


@pytest.mark.parametrize(
    ("clock", "row", "sources"),
    [
        ("12:19", "Emre is at the keyboard", {"chat"}),
        ("12:18", "Emre's pager rings", {"pager"}),
        ("12:25", "Minato rolls back", {"changes"}),
        ("12:37", "Kenji lengthens the wait; Minato asks whether they pile up", {"chat"}),
        ("12:53", "Haruka finds the moved job in the scheduler", {"chat"}),
        ("12:55", "Emre leads, Kenji ends the session, Minato watches, Haruka tells support", {"chat"}),
        ("12:55", "エムレが指揮を執り、ケンジとミナトとハルカに頼む", {"chat"}),
        ("12:41", "Connections run out, as Minato had feared", {"metrics"}),
        ("08:40", "Haruka alone gets the mail", {"changes"}),
        ("12:53", "変更2071が見つかる。ミナトのリリースではなかった", {"chat"}),
        ("12:54", "So it was not Minato's release", {"chat"}),
        ("13:07", "Kenji puts the lock wait back", {"changes"}),
    ],
)
def test_who_took_part_may_be_named(grader: Any, night: Any, clock: str, row: str, sources: set[str]) -> None:
    assert not grader("recorded").absent(row, sources, at(clock), night)


def test_changes_of_a_row_are_made_by_then(grader: Any, night: Any) -> None:
    recorded = grader("recorded")
    assert recorded.only_later("Change 2086 switches the archive off", at("12:53"), night) == 2086
    assert not recorded.only_later("2071 is entered; its first run is 2075", at("08:40"), night)
    assert not recorded.only_later("2520 s open, behind 2075", at("12:54"), night)
    assert recorded.unknown_change("Change 9999 helps", night) == 9999
    assert recorded.unknown_change("2078 が行われる", night) == 2078
    assert not recorded.unknown_change("The session is open for 2520 s (14 May 2026)", night)


def test_what_was_done_is_of_its_own_change(grader: Any, night: Any) -> None:
    of_another = grader("recorded").of_another_change
    change = {one.number: one for one in night.changes}
    for number, done in (
        *((2077, "memcached restarted"), (2079, "Release 118 of checkout taken back"), (2079, "catalog restarted")),
        *((2082, "キャッシュの再起動"), (2075, "catalog を再起動")),
    ):
        assert of_another(done, change[number]), done
    for number, done in (
        *((2071, "schedule of evening-archive moved"), (2075, "The scheduler began evening-archive"), (2077, "back")),
        *(
            (2077, "リリースを戻した"),
            (2079, "memcached restarted, empty"),
            (2081, "longer lock wait"),
        ),
        *(
            (2082, "catalog restarted, for the new lock wait"),
            (2084, "セッションの終了"),
            (2084, "lock holder ended"),
        ),
        *(
            (2086, "archive switched off"),
            (2086, "job off"),
            (2088, "lock wait as before"),
            (2074, "checkout 118"),
        ),
    ):
        assert not of_another(done, change[number]), done


def test_the_summary_has_the_numbers_of_the_night(grader: Any, night: Any) -> None:
    recorded = grader("recorded")
    for text, said in (
        ("Between 21:12 and 21:56 UTC nobody could order.", "21:12"),
        ("Between 9:12 pm and 9:56 pm nobody could order.", "9:12 pm"),
        ("From 3:12 p.m. UTC on.", "3:12 p.m."),
        ("午後9時12分から注文が止まった。", "午後9時12分"),
        ("From 9:12 to 9:56.", "9:12"),
        ("From 12:12 am on.", "12:12 am"),
    ):
        assert recorded.other_clock(text, night) == said
    for text in (
        "From 12:12 pm to 12:56 pm UTC.",
        "午後12時12分から（UTC）。",
        "Accounting moved it at 08:40.",
        "From 9:12 p.m. in Japan on.",
        "From 12:12 to 12:56 (9:12 pm in Japan).",
        "From 12:12 to 12:56 UTC; the job was moved from 18:00.",
        "From 21:12 (JST) on.",
        "日本時間の21:12から注文が止まった。",
        "21時すぎから約45分。",
    ):
        assert not recorded.other_clock(text, night), text
    assert [*recorded.other_counts("1,900 customers met an error, 9000 orders were lost", night)] == [
        *("1,900 customers", "9000 orders")
    ]
    assert [*recorded.other_counts("影響を受けた客は1900人、失われた注文は9000件。", night)] == [
        "1900人",
        "注文は9000件",
    ]
    for text, said in (
        ("600 orders were lost.", "600 orders"),
        ("584 orders of 425 customers were lost.", "584 orders"),
        ("We lost about 509 orders.", "509 orders"),
        ("失われた注文は600件。", "注文は600件"),
        ("584件の注文が失われた。", "584件の注文"),
        ("509 customers were affected.", "509 customers"),
        ("影響を受けた客は509人。", "509人"),
    ):
        assert [*recorded.other_counts(text, night)] == [said], text
    for text in (
        "Of 584 orders, 351 were lost.",
        "351 of 584 orders were lost.",
        "740 orders may be lost in a month.",
        "355 orders failed at the front.",
        "584件の注文のうち351件が失われた。",
        "351 orders of 425 customers were lost, of 509 orders that were sent; 740 orders may fail in a month.",
        "失われた注文は351件、影響を受けた客は425人である。",
        "15 orders a minute; about 2,000 customers came.",
    ):
        assert not [*recorded.other_counts(text, night)], text
