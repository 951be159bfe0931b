"""What the history hands out of each lab's month."""

from __future__ import annotations

import io
import json
from typing import Any

from month import access_log, judge
from month.burn_rate import BurnRate
from month.drawn_burn import DrawnBurn
from month.drawn_slo import DrawnSlo
from month.first_slo import FirstSlo

History = FirstSlo | BurnRate


def history(lab: str, seed: str, month: str) -> History:
    """The month of a lab."""
    makers: dict[str, type[FirstSlo] | type[BurnRate]] = {"first-slo": FirstSlo, "burn-rate": BurnRate}
    return makers[lab](seed, month)


def drawn(lab: str, seed: str) -> History:
    """Another month of a lab's shop, for a check."""
    makers: dict[str, type[DrawnSlo] | type[DrawnBurn]] = {"first-slo": DrawnSlo, "burn-rate": DrawnBurn}
    return makers[lab](seed)


def files(kept: History) -> dict[str, bytes]:
    """What can be fetched by name."""
    clock = kept.clock
    found = {"/month.json": json.dumps({"start": clock.start, "end": clock.end, "tick": clock.tick}).encode()}
    if isinstance(kept, FirstSlo):
        log = io.StringIO()
        access_log.write(kept, log)
        found["/access.log"] = log.getvalue().encode()
    found["/diary.json"] = json.dumps(diary(kept)).encode()
    return found


def diary(kept: History) -> list[dict[str, Any]]:
    """What went wrong in the month, as the people on call wrote it down: when, not how bad."""
    return [
        {
            "id": one.name,
            "begin": kept.clock.said(one.trouble.begin),
            "end": kept.clock.said(one.trouble.end),
            "en": SEEN[one.trouble.kind][0],
            "ja": SEEN[one.trouble.kind][1],
        }
        for one in kept.diary
    ]


SEEN = {
    "outage": ("The whole shop answered with an error page.", "店全体がエラーページを返した。"),
    "night": ("A disk was full at night; most pages failed.", "夜間にディスクがあふれ、多くのページが失敗した。"),
    "drip": ("Now and then an order ended in an error.", "ときどき注文がエラーで終わった。"),
    "shed": ("The front turned some visitors away: too many requests.", "入り口が訪問者の一部を断った。"),
    "maintenance": ("Maintenance, announced a week before.", "メンテナンス。1週間前に告知済み。"),
    "slow-orders": ("Orders took long, and some failed.", "注文に時間がかかり、一部は失敗した。"),
    "slow-search": ("The search was slow.", "検索が遅かった。"),
    "bots": ("Crawlers got errors; nobody phoned.", "クローラーにエラーが返った。電話は1本もなかった。"),
    "declined": ("One payment in twenty failed.", "支払いの 20 件に 1 件が失敗した。"),
    "limping": ("One payment in a hundred failed, all day.", "支払いの 100 件に 1 件が、一日中失敗した。"),
    "leak": ("A few payments failed, day and night.", "昼も夜も、支払いが少しずつ失敗した。"),
    "deploy": ("A deploy; two minutes of errors.", "デプロイ。2分間のエラー。"),
    "drained": ("A node was drained; its health checks failed.", "ノードを1台外した。そのヘルスチェックが失敗した。"),
}


def judged(kept: History, fired: list[dict[str, Any]]) -> dict[str, Any]:
    """What is to be said of alerts, where a lab is about them."""
    return {"judged": judge.told(kept, fired)} if isinstance(kept, BurnRate) else {}
