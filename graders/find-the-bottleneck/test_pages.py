"""Are the pages right, do they show at once what is new, and does each read no more than it needs?"""

from __future__ import annotations

import statistics
import zlib
from typing import Any

import pytest

from kikori.grading import Scene, eventually, say

SERVICES = ("front", "desk", "database", "printer", "passengers")
pytestmark = pytest.mark.timeout(90)  # the visit is made by the first check that asks for it

SUMS = """
SET SESSION slow_query_log = 0;
SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', tag, station, kind, colour, note))) FROM lost.items WHERE id <= {rows}
UNION ALL
SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', station, number, phone, wish))) FROM lost.claims WHERE id <= {rows}
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
    down = [name for name in SERVICES if scene.state(name) != "running"]
    assert not down, say(
        f"not running: {', '.join(down)}; `kikori resume` starts them again",
        f"動いていないもの: {', '.join(down)}。`kikori resume` で起動できます",
    )
    awake = eventually(office.ping, lambda seen: seen.rc == 0, within=10)
    page = eventually(lambda: office.get("/", "/stations/1")[-1], lambda seen: seen.status == 200, within=8)
    assert (awake.rc, page.status) == (0, 200), say(
        f"a station's page gives status {page.status}, and the database says {awake.stderr.strip() or 'yes'}",
        f"駅のページのステータスは {page.status}、データベースの返事は {awake.stderr.strip() or 'はい'} です",
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_nothing_is_lost(visit: Any, office: Any) -> None:
    """All things and claims that the office knew are still there, word for word.

    ja: センターが知っていた品と届け出が、一字一句そのまま残っている。
    """
    rows = visit.rows
    seen = office.sql(SUMS.format(rows=rows))
    assert seen == [[str(rows), checksum(visit.things())], [str(rows), checksum(visit.claims)]], say(
        f"of {rows} things {seen[0][0]} are there, of {rows} claims {seen[1][0]}, and each should say what it said. "
        "They belong to the people out there",
        f"品 {rows} 件のうち {seen[0][0]} 件、届け出 {rows} 件のうち {seen[1][0]} 件があります。"
        "すべて、元の内容のまま残っているはずです。持ち主のいるものばかりです",
    )


@pytest.mark.needs("test_services_are_up")
def test_item_page(visit: Any) -> None:
    """Who asks for a thing by its tag is told what it is.

    ja: 札の番号で尋ねた人に、その品のことが正しく伝わる。
    """
    for (_, tag, station, kind, colour, note, found_at), page in zip(visit.items, visit.item_pages, strict=True):
        wanted = {"tag": tag, "station": station, "kind": kind, "colour": colour, "note": note, "found_at": found_at}
        facts = page.facts if isinstance(page.facts, dict) else {}
        wrong = [name for name, value in wanted.items() if facts.get(name) != value]
        assert not wrong, say(
            f"/items/{tag}: status {page.status}; expected the {colour} {kind} of station {station}, wrong or missing: "
            f"{', '.join(wrong)}",
            f"/items/{tag}: ステータス {page.status}。駅 {station} の {colour} {kind} のはずが、違っているか欠けている"
            f"もの: {', '.join(wrong)}",
        )


@pytest.mark.needs("test_item_page")
def test_item_page_reads_little(visit: Any) -> None:
    """To show one thing, the database looks at a few rows and not at the whole table.

    ja: 一つの品を見せるために、データベースが見るのは数行で、テーブル全体ではない。
    """
    mine, other = milliseconds(visit.item_pages), milliseconds(visit.other_pages)
    assert visit.item_rows <= visit.few, say(
        f"for each page of one thing the database looked at {visit.item_rows:.0f} rows, of {visit.rows} in all; "
        f"the page took {mine:.0f} ms, a station's page {other:.0f}. What does it say about its way to the row?",
        f"品1件のページのたびに、データベースは {visit.rows} 行のうち {visit.item_rows:.0f} 行を見ました。"
        f"このページは {mine:.0f} ms、駅のページは {other:.0f} ms です。"
        "その行への道筋を、データベースは何と言っていますか",
    )


@pytest.mark.needs("test_services_are_up")
def test_claims_page(visit: Any) -> None:
    """Who asks by telephone number sees all of their claims, the newest first.

    ja: 電話番号で尋ねた人に、その人の届け出がすべて、新しい順に見える。
    """
    for (phone, claims), page in zip(visit.phones.items(), visit.claim_pages, strict=True):
        wanted = [(station, number, wish, at) for _, station, number, _, wish, at in reversed(claims)]
        rows = page.facts if isinstance(page.facts, list) else []
        shown = [tuple(row.get(name) for name in ("station", "number", "wish", "made_at")) for row in rows]
        shown = [row for row in shown if str(row[3]) <= "2024"]  # what was written down since is another check's
        assert shown == wanted, say(
            f"/claims?phone={phone}: status {page.status}; expected {len(wanted)} claims, the newest first, saw "
            f"{len(shown)}{', in another order or with other words' if len(shown) == len(wanted) else ''}",
            f"/claims?phone={phone}: ステータス {page.status}。新しい順に {len(wanted)} 件のはずが、{len(shown)} 件"
            f"{'で、順序か内容が違います' if len(shown) == len(wanted) else 'でした'}",
        )


@pytest.mark.needs("test_claims_page")
def test_claims_page_reads_little(visit: Any) -> None:
    """To show one person's claims, the database looks at a few rows and not at the whole table.

    ja: ひとりの届け出を見せるために、データベースが見るのは数行で、テーブル全体ではない。
    """
    mine, other = milliseconds(visit.claim_pages), milliseconds(visit.other_pages)
    assert visit.claim_rows <= visit.few, say(
        f"for each page of one person's claims the database looked at {visit.claim_rows:.0f} rows, of {visit.rows} in "
        f"all; the page took {mine:.0f} ms, a station's page {other:.0f}. How many of them were in the answer?",
        f"ひとりの届け出のページのたびに、データベースは {visit.rows} 行のうち {visit.claim_rows:.0f} 行を見ました。"
        f"このページは {mine:.0f} ms、駅のページは {other:.0f} ms です。そのうち答えに入ったのは何行でしょうか",
    )


@pytest.mark.needs("test_item_page")
def test_new_item_shows_at_once(visit: Any) -> None:
    """A thing that was put on the shelf just now is there for everybody who asks.

    ja: いま棚に置かれた品は、尋ねた誰にもすぐに見える。
    """
    before, after = [[page.status for page in pages] for pages in (visit.tag_before, visit.tag_after)]
    assert (before, visit.kept.status, after) == ([404] * visit.looks, 201, [200] * visit.looks), say(
        f"an unknown tag gave {before}, putting the thing on the shelf {visit.kept.status}, and then the tag gave "
        f"{after}: expected 404 each time, 201, and 200 each time",
        f"知らない札は {before}、棚に置くと {visit.kept.status}、そのあと同じ札は {after} でした。"
        "順に、毎回 404、201、毎回 200 のはずです",
    )


@pytest.mark.needs("test_claims_page")
def test_new_claim_shows_at_once(visit: Any) -> None:
    """Who has just reported something finds it among their claims at once.

    ja: いま届け出た人は、自分の届け出の中にそれをすぐに見つけられる。
    """
    before, after = [[len(page.facts or []) for page in pages] for pages in (visit.claims_before, visit.claims_after)]
    assert (before, visit.alone.status, after) == ([0] * visit.looks, 201, [1] * visit.looks), say(
        f"somebody new had {before} claims, made one (status {visit.alone.status}), and was then shown {after}: "
        "expected none each time, 201, and one each time",
        f"初めての人の届け出は {before} 件、届け出て（ステータス {visit.alone.status}）、そのあと見えたのは {after} 件"
        "でした。順に、毎回 0 件、201、毎回 1 件のはずです",
    )
