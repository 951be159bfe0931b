"""Do all readers find what they search for, without the kernel ending a process of the service?"""

from collections.abc import Callable
from typing import Any

import pytest

from kikori.grading import Answer, Scene, eventually, say

SERVICE = "catalogue"
MIB = 2**20
BUDGET = 192
SUBJECTS = {"bridges": 0, "history": 1, "insects": 2, "poetry": 3}
PLACES = ("aomori", "gifu", "kochi", "nara", "oita", "toyama")
CROWD, EACH, PAGE = 8, 6, 20
SEARCHES, ROUNDS, FLAT, LATE = 80, 5, MIB, 10.0


def life(scene: Scene) -> tuple[str, int]:
    """What changes when the container is started anew."""
    seen = scene.inspect(SERVICE)
    return seen["State"]["StartedAt"], seen["RestartCount"]


@pytest.mark.guard
def test_answer(scene: Scene) -> None:
    """A reader who opens the library's page gets it.

    ja: 図書館のページを開いた利用者に、ページが届く。
    """
    town = scene.params["town"]

    def is_ours(answer: Answer) -> bool:
        return answer.status == 200 and town in answer.text

    seen = eventually(lambda: scene.get(SERVICE, "/"), is_ours)
    assert is_ours(seen), say(
        f"expected the page of the library of {town}, saw {seen}",
        f"{town} の図書館のページが返るはずですが、{seen} でした",
    )


@pytest.mark.guard
def test_limits(scene: Scene) -> None:
    """The service has its limits, and they fit the machine.

    ja: サービスには上限があり、それは機械に収まっている。
    """
    limits = scene.inspect(SERVICE)["HostConfig"]
    memory, swap = limits["Memory"] // MIB, (limits["MemorySwap"] - limits["Memory"]) // MIB
    assert 0 < memory <= BUDGET, say(
        f"the machine has {BUDGET} MiB for this service; it may now take {memory or 'all there is'}",
        f"この機械がサービスに使えるのは {BUDGET} MiB です。いまの上限は {memory or 'なし'} です",
    )
    assert limits["MemorySwap"] < 0 or swap == 0, say(
        f"the service may now move {swap} MiB of itself to the disk; how long does a reader wait for that?",
        f"サービスは {swap} MiB をディスクに移せるようになっています。利用者はそれをどれだけ待つでしょうか",
    )
    assert (limits["PidsLimit"] or 0) > 0, say(
        "nothing says how many processes the service may have",
        "サービスが持てるプロセス数の上限がありません",
    )


@pytest.fixture(scope="module")
def evening(scene: Scene, readers: Any, account: Callable[[], Any]) -> dict[str, Any]:
    """Readers who search at the same time, in long searches of which a worker remembers some and not all."""
    seen: dict[str, Any] = {"before": account(), "life": life(scene)}
    words = [f"{' '.join(SUBJECTS)} {PLACES[turn % len(PLACES)]}" for turn in range(CROWD * EACH)]
    return seen | {"found": readers.search_all(words, CROWD), "after": account()}


@pytest.mark.needs("test_answer")
def test_crowd(scene: Scene, evening: dict[str, Any]) -> None:
    """Readers who search at the same time all get an answer.

    ja: 同時に検索した利用者の全員に、答えが返る。
    """
    found = evening["found"]
    lost = [one.status for one in found if one.status != 200]
    how = f"status {max(lost)}" if any(lost) else say("the connection was cut", "接続が切れた")
    assert not lost, say(
        f"of {len(found)} searches, {CROWD} at a time, {len(lost)} got no answer: {how}",
        f"一度に {CROWD} 件ずつ、計 {len(found)} 件の検索のうち {len(lost)} 件に答えがありません: {how}",
    )


@pytest.mark.needs("test_crowd")
def test_whole_catalogue(scene: Scene, readers: Any) -> None:
    """A search finds every book of the library that it should.

    ja: 検索すれば、図書館にある該当の本がすべて見つかる。
    """
    books = int(scene.params["books"])
    for one in readers.search_all(SUBJECTS, 1):
        wanted = len(range(SUBJECTS[one.words] or 4, books + 1, 4))
        fitting = [title for title in one.titles if one.words in title]
        assert (one.books, len(fitting)) == (wanted, PAGE), say(
            f"the library has {wanted} books on {one.words}; a search finds {one.books}, shows {len(fitting)}",
            f"{one.words} の本は {wanted} 冊ありますが、検索は {one.books} 冊、うち表示は {len(fitting)} 冊です",
        )
    last = readers.search(str(books))
    assert last.books == 1, say(
        f"the newest of the {books} books can't be found",
        f"{books} 冊のうち、いちばん新しい本が見つかりません",
    )


@pytest.mark.needs("test_answer")
def test_nobody_killed(scene: Scene, evening: dict[str, Any]) -> None:
    """While readers search at the same time, the kernel ends no process of the service.

    ja: 利用者が同時に検索しても、カーネルはサービスのプロセスを終わらせない。
    """
    assert life(scene) == evening["life"], say(
        "the container was started anew while readers searched: who ended it?",
        "利用者が検索している間に、コンテナーが起動し直されました。終わらせたのは誰でしょうか",
    )
    before, after, limits = evening["before"], evening["after"], scene.inspect(SERVICE)["HostConfig"]
    assert before and after, say(  # noqa: PT018 - one reason for both
        f"not one more process can be started in the container, which may have {limits['PidsLimit']}. Which are there?",
        f"コンテナーの中でプロセスをもう一つも起動できません（上限は {limits['PidsLimit']}）。いまあるのは何でしょうか",
    )
    killed, limit = after.kills - before.kills, limits["Memory"] // MIB
    assert killed == 0, say(
        f"while {CROWD} readers searched, the kernel ended processes of the service ({killed}) at {limit} MiB",
        f"{CROWD} 人が検索している間に、カーネルはサービスのプロセスを {killed} 個終わらせました（上限は {limit} MiB）",
    )


@pytest.fixture(scope="module")
def afternoon(scene: Scene, spend_afternoon: Callable[..., Any], workers: Callable[[], set[str]]) -> dict[str, Any]:
    """Rounds of searches, and the service's processes and life around them."""
    seen = {"life": life(scene), "workers": workers()}
    spent = spend_afternoon(ROUNDS, SEARCHES, FLAT, LATE)
    return seen | {"spent": spent, "workers after": workers()}


@pytest.mark.timeout(40)
@pytest.mark.needs("test_nobody_killed", "test_crowd")
def test_plateau(scene: Scene, afternoon: dict[str, Any]) -> None:
    """Through an afternoon of searches the service comes to a size, and stays there.

    ja: 午後いっぱい検索が続いても、サービスはある大きさに達したら、それ以上ふくらまない。
    """
    spent = afternoon["spent"]
    ended = spent.kills if life(scene) == afternoon["life"] else len(afternoon["workers"])
    assert ended == 0, say(
        f"within {spent.searches} searches, no two alike, the kernel ended processes of the service ({ended})",
        f"互いに異なる {spent.searches} 件の検索の間に、カーネルがサービスのプロセスを {ended} 個終わらせました",
    )
    assert not spent.lost, say(
        f"of {spent.searches} searches {spent.lost} got no answer",
        f"{spent.searches} 件の検索のうち {spent.lost} 件に答えがありませんでした",
    )
    grown = spent.growth / MIB
    assert spent.growth < FLAT, say(
        f"after {spent.searches} searches the service still takes {grown:.1f} MiB more for every {SEARCHES}. "
        "When does that reach a wall, wherever it stands?",
        f"{spent.searches} 件の検索のあとも、{SEARCHES} 件ごとに {grown:.1f} MiB ずつふくらみ続けています。"
        "上限がどこにあっても、いつかは届くのではないでしょうか",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_nobody_killed", "test_crowd")
def test_workers_stay(scene: Scene, afternoon: dict[str, Any]) -> None:
    """The processes that answer in the evening are those that answered at noon.

    ja: 夕方に答えているのは、昼に答えていたのと同じプロセスである。
    """
    gone = afternoon["workers"] - afternoon["workers after"]
    assert not gone, say(
        f"{len(gone)} of {len(afternoon['workers'])} processes were replaced within the afternoon: "
        "what would they have become, had they stayed?",
        f"{len(afternoon['workers'])} 個のプロセスのうち {len(gone)} 個が午後の間に入れ替わりました。"
        "そのまま動き続けていたら、どうなっていたのでしょうか",
    )
