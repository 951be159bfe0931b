"""Do all readers find what they search for, without the kernel ending a process of the service?"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from searches import PAGE, Readers, SearchLoad, long, problems, usual

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, assert_unprivileged, eventually, say

SERVICE = "catalogue"
MIB = 2**20
BUDGET = 192
SUBJECTS = {"bridges": 0, "history": 1, "insects": 2, "poetry": 3}
PLACES = ("aomori", "gifu", "kochi", "nara", "oita", "toyama")
CROWD, EACH = 8, 6
SEARCHES, LONG = 384, 130
"""In a round: of the usual searches, and of those that find every book."""
ROUNDS, LONG_ROUNDS = (16, 20.0), (8, 12.0)
"""So many have what is kept on purpose to come to its bound: at most, and in so many seconds."""
MOST = {"held": MIB, "bytes": MIB // 4, "files": 16, "processes": 8, "ended": 8, "descriptors": 8, "connections": 8}
"""What a round of searches may leave."""


def books_on(scene: Scene) -> dict[str, int]:
    """How many books the library has on each subject."""
    last = int(scene.params["books"])
    return {subject: len(range(first or 4, last + 1, 4)) for subject, first in SUBJECTS.items()}


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


@pytest.mark.guard
@pytest.mark.needs("test_answer")
def test_user(scene: Scene) -> None:
    """The service has none of root's rights, and can't change its own program.

    ja: サービスは root の権限を持たず、自分のプログラムを書き換えられない。
    """
    assert_unprivileged(scene, SERVICE, "/srv/catalogue")


@pytest.fixture(scope="module")
def readers(scene: Scene) -> Readers:
    """Give the readers of this attempt's catalogue."""
    return Readers(scene, SERVICE)


@pytest.fixture(scope="module")
def evening(scene: Scene, readers: Readers, account: Callable[[], Any]) -> dict[str, Any]:
    """Readers who search at the same time, in long searches of which a worker remembers some and not all."""
    seen: dict[str, Any] = {"before": account(), "life": life(scene)}
    words = [f"{' '.join(SUBJECTS)} {PLACES[turn % len(PLACES)]}" for turn in range(CROWD * EACH)]
    return seen | {"found": readers.search_all(words, CROWD), "after": account()}


@pytest.mark.needs("test_answer")
def test_crowd(scene: Scene, evening: dict[str, Any]) -> None:
    """Readers who search at the same time all get an answer.

    ja: 同時に検索した利用者の全員に、答えが返る。
    """
    found, books = evening["found"], int(scene.params["books"])
    lost = sum(one.status != 200 for one in found)
    assert not lost, say(
        f"of {len(found)} searches, {CROWD} at a time, {lost} brought no list of books; instead: {problems(found)}",
        f"一度に {CROWD} 件ずつ、計 {len(found)} 件の検索のうち {lost} 件では、蔵書の一覧が返りませんでした。"
        f"代わりに返ったもの: {problems(found)}",
    )
    fewer = [one.books for one in found if one.books != books]
    assert not fewer, say(
        f"of {len(found)} searches, {CROWD} at a time, each should find {books} books; {len(fewer)} found another "
        f"number, such as {min(fewer, default=0)}",
        f"一度に {CROWD} 件ずつ、計 {len(found)} 件の検索では、どれも {books} 冊見つかるはずですが、"
        f"{len(fewer)} 件では違いました。たとえば {min(fewer, default=0)} 冊です",
    )


@pytest.mark.needs("test_crowd")
def test_whole_catalogue(scene: Scene, readers: Readers) -> None:
    """A search finds every book of the library that it should, page by page.

    ja: 検索すれば、図書館にある該当の本が、どのページでもすべて見つかる。
    """
    draw, books = scene.draw("pages"), books_on(scene)
    for one in readers.search_all(SUBJECTS, 1):
        wanted = books[one.words]
        fitting = [title for title in one.titles if one.words in title]
        assert (one.books, len(fitting)) == (wanted, PAGE), say(
            f"the library has {wanted} books on {one.words}; a search finds {one.books}, shows {len(fitting)}",
            f"{one.words} の本は {wanted} 冊ありますが、検索は {one.books} 冊、うち表示は {len(fitting)} 冊です",
        )
        last = -(-wanted // PAGE)
        for page in (draw.randrange(2, last), last):
            due = min(PAGE, wanted - (page - 1) * PAGE)
            new = {title for title in readers.search(one.words, page).titles if one.words in title} - {*one.titles}
            assert len(new) == due, say(
                f"of the {wanted} books on {one.words}, page {page} should show {due} that are not on the first page; "
                f"it shows {len(new)}",
                f"{one.words} の本 {wanted} 冊の {page} ページ目には、1ページ目にない本が {due} 冊出るはずですが、"
                f"{len(new)} 冊です",
            )
    check_order(readers, draw.choice(list(SUBJECTS)), draw.choice(PLACES))
    newest = readers.search(str(scene.params["books"]))
    assert newest.books == 1, say(
        f"the newest of the {scene.params['books']} books can't be found",
        f"{scene.params['books']} 冊のうち、いちばん新しい本が見つかりません",
    )


def check_order(readers: Readers, subject: str, place: str) -> None:
    """The books with the most of the words come first."""
    titles = readers.search(f"{subject} {place}").titles
    both = [title for title in titles if subject in title.lower() and place in title.lower()]
    assert len(both) == PAGE, say(
        f"a search for {subject} {place} shows the books with both words first, {PAGE} on the first page; "
        f"{len(both)} of those on it have both",
        f"{subject} {place} の検索では、両方の語を含む本が先に並び、1ページ目は {PAGE} 冊ともそうなるはずですが、"
        f"両方を含むのは {len(both)} 冊です",
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
        f"expected a service to ask the kernel about, but while readers searched its container was not running at "
        f"times; now it is {scene.state(SERVICE)}",
        "カーネルに尋ねようにも、利用者が検索している間にコンテナーが動いていないときがありました。"
        f"いまは {scene.state(SERVICE)} です",
    )
    killed, limit = after.kills - before.kills, limits["Memory"] // MIB
    assert killed == 0, say(
        f"while {CROWD} readers searched, the kernel ended processes of the service ({killed}) at {limit} MiB",
        f"{CROWD} 人が検索している間に、カーネルはサービスのプロセスを {killed} 個終わらせました（上限は {limit} MiB）",
    )


def replaced(noon: set[Any], evening: set[Any]) -> int:
    """How many processes have gone, where others have come in their place or none is left."""
    return len(noon - evening) if evening - noon or not evening else 0


class LoadResult(NamedTuple):
    """The rounds of searches, and the service's container and processes around them."""

    life: tuple[str, int]
    """The container's, before."""
    spent: SearchLoad
    workers: int
    """Processes that answered at noon."""
    replaced: int
    """Those of them that were gone while the kernel had ended none."""


@pytest.fixture(scope="module")
def afternoon(
    scene: Scene, readers: Readers, account: Callable[[], Any], kept: Callable[[], Any], workers: Callable[[], set[Any]]
) -> LoadResult:
    """Search as usual, then for all books; look at the processes around it."""
    begun, noon, gone = life(scene), workers(), 0
    spent = SearchLoad(readers, account, books_on(scene))
    for kind, searches, rounds in ((usual, SEARCHES, ROUNDS), (long, LONG, LONG_ROUNDS)):
        if spent.is_over or life(scene) != begun:
            break
        try:
            spent.spend(kind, searches, kept, MOST, rounds)
        except OurFault:
            if life(scene) == begun and scene.state(SERVICE) == "running":
                raise
        if not gone and spent.kills <= 0:
            gone = replaced(noon, eventually(workers, lambda now: not replaced(noon, now), within=2))
    return LoadResult(begun, spent, len(noon), gone)


@pytest.mark.timeout(120)
@pytest.mark.needs("test_nobody_killed", "test_crowd")
def test_plateau(scene: Scene, afternoon: LoadResult, listed: Callable[[dict[str, int]], str]) -> None:
    """Through an afternoon of searches the service comes to a size, in memory and on disk, and stays there.

    ja: 午後いっぱい検索が続いても、サービスのメモリーとディスクの使用量は、ある大きさに達したらそれ以上増えない。
    """
    spent, state = afternoon.spent, scene.state(SERVICE)
    assert (life(scene), state) == (afternoon.life, "running"), say(
        f"within {spent.searches} searches, no two alike, the container ended or was started anew; it is {state} now",
        f"互いに異なる {spent.searches} 件の検索の間に、コンテナーが終了したか、起動し直されました。"
        f"いまは {state} です",
    )
    assert not spent.kills, say(
        f"within {spent.searches} searches, no two alike, the kernel ended processes of the service ({spent.kills})",
        f"互いに異なる {spent.searches} 件の検索の間に、カーネルがサービスのプロセスを {spent.kills} 個終わらせました",
    )
    assert not spent.lost, say(
        f"of {spent.searches} searches {len(spent.lost)} brought no list of books; instead: {problems(spent.lost)}",
        f"{spent.searches} 件の検索のうち {len(spent.lost)} 件では、蔵書の一覧が返りませんでした。"
        f"代わりに返ったもの: {problems(spent.lost)}",
    )
    assert not spent.wrong, say(
        f"of {spent.searches} searches {spent.wrong} did not find as many books as the library has",
        f"{spent.searches} 件の検索のうち {spent.wrong} 件では、見つかった本の数が図書館にある数と違いました",
    )
    assert not spent.left, say(
        f"within {spent.searches} searches, no two alike, the service has come to no rest: the last {spent.round} have "
        f"left {listed(spent.left)}. When does that reach a wall, wherever it stands?",
        f"互いに異なる {spent.searches} 件の検索の間に、増え方が落ち着くことはありませんでした。"
        f"最後の {spent.round} 件で増えたもの: {listed(spent.left)}。"
        "上限がどこにあっても、いつかは届くのではないでしょうか",
    )


@pytest.mark.timeout(120)
@pytest.mark.needs("test_nobody_killed", "test_crowd")
def test_workers_stay(afternoon: LoadResult) -> None:
    """The processes that answer in the evening are those that answered at noon.

    ja: 夕方に答えているのは、昼に答えていたのと同じプロセスである。
    """
    gone, of = afternoon.replaced, afternoon.workers
    if not gone and afternoon.spent.kills > 0:
        pytest.skip(
            say("An afternoon in which the kernel ends no process.", "午後の間、カーネルがプロセスを終わらせない。")
        )
    assert not gone, say(
        f"{gone} of {of} processes were replaced or began their program anew within the afternoon: "
        "what would they have become, had they stayed?",
        f"{of} 個のプロセスのうち {gone} 個が、午後の間に入れ替わったか、プログラムを最初から始め直しています。"
        "そのまま動き続けていたら、どうなっていたのでしょうか",
    )
