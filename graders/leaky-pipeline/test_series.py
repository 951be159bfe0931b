"""Does the graph of the accepted telegrams go on, without a hole, at a cost that does not grow?"""

from typing import Any

import pytest

from kikori.grading import Scene, say

MOST = 120  # lines and series; a healthy counter has about 20
LIMIT = "1000"
pytestmark = pytest.mark.timeout(140)  # a bad day is lived by the first check that asks for it


@pytest.mark.needs("test_telegrams_are_taken")
def test_graph_counts(day: Any) -> None:
    """The store of the metrics counts every accepted telegram, once.

    ja: メトリクスの保管先が、受け付けた電報を漏れなく、1度ずつ数えている。
    """
    assert day.is_right(day.counted), say(
        f"since its restart the counter has accepted {day.since} telegrams; "
        f"http_requests_total of the route /telegrams with code 201 comes to {day.counted}. "
        "What became of the scrapes in between?",
        f"再起動のあとに受け付けた電報は {day.since} 通。ルート /telegrams、コード 201 の http_requests_total の"
        f"合計は {day.counted} です。その間のスクレイプはどうなりましたか",
    )


@pytest.mark.needs("test_telegrams_are_taken")
def test_metrics_stay_few(day: Any) -> None:
    """What the counter says about itself does not grow with each telegram.

    ja: 受付が自分について語る量は、電報のたびに増えはしない。
    """
    lines = sum(not line.startswith("#") for line in day.page.splitlines())
    assert max(lines, day.series) <= MOST, say(
        f"after {day.since} telegrams the counter's page has {lines} samples and the store {day.series} series of it; "
        f"expected at most {MOST}. What is different from one line to the next?",
        f"電報 {day.since} 通のあと、受付のメトリクスのページは {lines} 件、保管先の系列は {day.series} 本。"
        f"多くて {MOST} のはずです。ある行と次の行では、何が違いますか",
    )


@pytest.mark.needs("test_graph_counts")
def test_graph_has_no_hole(day: Any) -> None:
    """The graph also shows the time in which the store of the metrics was away.

    ja: メトリクスの保管先が止まっていた間のことも、グラフに残っている。
    """
    length = day.away_until - day.away_from
    assert day.samples, say(
        f"the store of the metrics was away for {length:.0f} s, and has nothing of that time, although the counter was "
        "asked every second. Where did the answers wait?",
        f"メトリクスの保管先は {length:.0f} 秒止まっていました。受付は毎秒尋ねられていたのに、その間のものが"
        "何もありません。答えはどこで待っていましたか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_store_keeps_its_limit(scene: Scene) -> None:
    """The store of the metrics, which other branches share, still takes no more than so many series.

    ja: ほかの支店と共用するメトリクスの保管先は、今も決められた数の系列までしか受け取らない。
    """
    rows = scene.get("metrics", "/metrics").text.splitlines()
    limit = next((row.split()[-1] for row in rows if row.startswith("vm_hourly_series_limit_max_series")), "none")
    assert limit == LIMIT, say(
        f"the limit of new series in an hour should be {LIMIT}, it is {limit}: others pay for what it lets in",
        f"1時間に増えてよい系列の上限は {LIMIT} のはずですが、{limit} です。通したものの代金は、ほかの支店も払います",
    )
