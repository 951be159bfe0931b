"""Are the pages right, do they show at once what is new, and does each read no more than it needs?"""

from __future__ import annotations

import statistics
import zlib
from typing import Any

import pytest

from kikori.grading import Scene, assert_running, eventually, reasons, say

reason = reasons(__file__)

SERVICES = ("front", "desk", "database", "printer", "passengers")
pytestmark = pytest.mark.timeout(90)  # the visit is made by the first check that asks for it

SUMS = """
SET SESSION slow_query_log = 0;
SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', tag, station, kind, colour, note))) FROM lost.items
  WHERE found_at < '2024-01-01'
UNION ALL
SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', station, number, phone, wish))) FROM lost.claims
  WHERE made_at < '2024-01-01'
"""


def milliseconds(pages: list[Any]) -> float:
    """What half of some pages took at most."""
    return statistics.median(page.seconds for page in pages) * 1000


def checksum(rows: list[tuple[Any, ...]]) -> str:
    """What the database's sum gives for these rows, without their ids and times."""
    return str(sum(zlib.crc32("|".join(map(str, row[1:-1])).encode()) for row in rows))


@pytest.mark.guard
def test_services_are_up(scene: Scene, office: Any) -> None:
    """The office, its database, the printers and the passengers are there, and the office answers.

    ja: センター、データベース、プリンター、乗客がそろい、センターが応答する。
    """
    assert_running(scene, *SERVICES)
    awake = eventually(office.ping, lambda seen: seen.rc == 0, within=10)
    page = eventually(lambda: office.get("/", "/stations/1")[-1], lambda seen: seen.status == 200, within=8)
    assert (awake.rc, page.status) == (0, 200), reason(
        "services-are-up", status=page.status, heard=awake.stderr.strip() or say("yes", "はい")
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_nothing_is_lost(visit: Any, office: Any) -> None:
    """All things and claims that the office knew are still there, word for word.

    ja: センターが知っていた品と届け出が、一字一句そのまま残っている。
    """
    rows = visit.rows
    seen = office.sql(SUMS)
    assert seen == [[str(rows), checksum(visit.things())], [str(rows), checksum(visit.claims)]], reason(
        "nothing-is-lost", rows=rows, seen=seen[0][0], seen_2=seen[1][0]
    )


@pytest.mark.needs("test_services_are_up")
def test_item_page(visit: Any) -> None:
    """Whoever asks for a thing by its tag is told what it is.

    ja: 札の番号で尋ねた人に、その品のことが正しく伝わる。
    """
    for (_, tag, station, kind, colour, note, found_at), page in zip(visit.items, visit.item_pages, strict=True):
        wanted = {"tag": tag, "station": station, "kind": kind, "colour": colour, "note": note, "found_at": found_at}
        facts = page.facts if isinstance(page.facts, dict) else {}
        wrong = [name for name, value in wanted.items() if facts.get(name) != value]
        assert not wrong, reason(
            "item-page", tag=tag, status=page.status, colour=colour, kind=kind, station=station, wrong=wrong
        )


@pytest.mark.needs("test_item_page")
def test_item_page_reads_little(visit: Any) -> None:
    """To show one thing, the database looks at a few rows and not at the whole table.

    ja: 一つの品を見せるために、データベースが見るのは数行で、テーブル全体ではない。
    """
    mine, other = milliseconds(visit.item_pages), milliseconds(visit.other_pages)
    assert visit.item_rows <= visit.few, reason(
        "item-page-reads-little", item_rows=visit.item_rows, rows=visit.rows, mine=mine, other=other
    )


@pytest.mark.needs("test_services_are_up")
def test_claims_page(visit: Any) -> None:
    """Whoever asks by telephone number sees all of their claims, the newest first.

    ja: 電話番号で尋ねた人に、その人の届け出がすべて、新しい順に見える。
    """
    for (phone, claims), page in zip(visit.phones.items(), visit.claim_pages, strict=True):
        wanted = [(station, number, wish, at) for _, station, number, _, wish, at in reversed(claims)]
        shown = [tuple(row.get(name) for name in ("station", "number", "wish", "made_at")) for row in page.rows]
        shown = [row for row in shown if str(row[3]) <= "2024"]  # what was written down since is another check's
        assert shown == wanted, reason(
            "claims-page",
            phone=phone,
            status=page.status,
            count=len(wanted),
            count_2=len(shown),
            otherwise=say(", in another order or with other words", "で、順序か内容が違います")
            if len(shown) == len(wanted)
            else say("", "でした"),
        )


@pytest.mark.needs("test_claims_page")
def test_claims_page_reads_little(visit: Any) -> None:
    """To show one person's claims, the database looks at a few rows and not at the whole table.

    ja: ひとりの届け出を見せるために、データベースが見るのは数行で、テーブル全体ではない。
    """
    mine, other = milliseconds(visit.claim_pages), milliseconds(visit.other_pages)
    assert visit.claim_rows <= visit.few, reason(
        "claims-page-reads-little", claim_rows=visit.claim_rows, rows=visit.rows, mine=mine, other=other
    )


@pytest.mark.needs("test_services_are_up")
def test_nonsense_finds_nothing(visit: Any) -> None:
    """Whoever types nonsense in the place of a tag or a telephone number sees nobody's things, and no error.

    ja: 札の番号や電話番号の代わりにでたらめを打ち込んでも、誰かの物が見えることも、エラーになることもない。
    """
    items = [page.status for page in visit.nonsense_items]
    claims = [page.status for page in visit.nonsense_claims]
    rows = sum(len(page.rows) for page in visit.nonsense_claims)
    calm = all(400 <= status < 500 for status in items) and all(200 <= status < 500 for status in claims)
    found_nothing = calm and not rows
    assert found_nothing, reason("nonsense-finds-nothing", items=items, claims=claims, rows=rows)


@pytest.mark.needs("test_item_page")
def test_new_item_shows_at_once(visit: Any) -> None:
    """A thing that was put on the shelf just now is there for everybody who asks.

    ja: いま棚に置かれた品は、尋ねた誰にもすぐに見える。
    """
    before, after = [[page.status for page in pages] for pages in (visit.tag_before, visit.tag_after)]
    facts = [page.facts if isinstance(page.facts, dict) else {} for page in visit.tag_after]
    wrong = [name for name, value in visit.thing.items() if any(str(shown.get(name)) != str(value) for shown in facts)]
    fine = before == [404] * visit.looks and visit.kept.is_done and after == [200] * visit.looks and not wrong
    assert fine, reason("new-item-shows-at-once", before=before, status=visit.kept.status, after=after, wrong=wrong)


@pytest.mark.needs("test_new_item_shows_at_once")
def test_station_page(visit: Any) -> None:
    """A station's page begins with the thing that was put on the shelf there just now.

    ja: 駅のページの先頭には、その駅の棚にいま置かれた品がある。
    """
    before, after = [[str(row.get("tag")) for row in page.rows] for page in (visit.shelf_before, visit.shelf_after)]
    fine = len(before) == 20 and after == [visit.thing["tag"], *before][:20]
    assert fine, reason(
        "station-page", station=visit.thing["station"], tag=visit.thing["tag"], before=before[:3], after=after[:3],
        count=len(before), count_2=len(after), status=visit.shelf_after.status,
    )  # fmt: skip


@pytest.mark.needs("test_claims_page")
def test_new_claim_shows_at_once(visit: Any) -> None:
    """Whoever has just reported something finds it on top of their claims at once, with its number.

    ja: いま届け出た人は、自分の届け出の先頭に、番号とともにそれをすぐに見つけられる。
    """
    for claim, told, pages_before, pages_after in visit.reported:
        before, after = [[len(page.rows) for page in pages] for pages in (pages_before, pages_after)]
        wanted = {"station": claim["station"], "number": told.number, "wish": claim["wish"]}
        tops = [page.rows[0] if page.rows else {} for page in pages_after]
        wrong = [name for name, value in wanted.items() if any(str(top.get(name)) != str(value) for top in tops)]
        fine = told.is_done and len({*before}) == 1 and after == [count + 1 for count in before] and not wrong
        assert fine, reason("new-claim-shows-at-once", before=before, status=told.status, after=after, wrong=wrong)


@pytest.mark.needs("test_new_item_shows_at_once", "test_new_claim_shows_at_once")
def test_what_is_new_reads_little(visit: Any) -> None:
    """For what came in today, too, the database looks at a few rows and not at a whole table.

    ja: 今日加わったものについても、データベースが見るのは数行で、テーブル全体ではない。
    """
    assert max(visit.new_item_rows, visit.new_claim_rows) <= visit.few, reason(
        "what-is-new-reads-little", item_rows=visit.new_item_rows, claim_rows=visit.new_claim_rows, rows=visit.rows
    )
