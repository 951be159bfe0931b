"""Do all readers find what they search for, without the kernel ending a process of the service?"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from searches import PAGE, Found, Readers, SearchLoad, long, problems, usual

from conftest import replaced
from kikori.errors import OurFault
from kikori.grading import Answer, Scene, assert_unprivileged, eventually, family, reasons, say

reason = reasons(__file__)

SERVICE = "catalogue"
MIB = 2**20
BUDGET = 192
SUBJECTS = {"bridges": 0, "history": 1, "insects": 2, "poetry": 3}
PLACES = ("aomori", "gifu", "kochi", "nara", "oita", "toyama")
WITH_BOTH = 12
"""So many pages, and more, show books that have both a subject and a place in their titles."""
CROWD, EACH = 8, 6
SEARCHES, LONG = 384, 130
"""In a round: of the usual searches, and of those that find every book."""
ROUNDS, LONG_ROUNDS = (24, 45.0), (12, 30.0)
"""So many have what is kept on purpose to come to its bound: at most, and in so many seconds. What a limit of 192 MiB
leaves is full after some fourteen rounds, on a slow computer too; for who rests before that there are no more."""
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
@pytest.mark.users
def test_answer(scene: Scene) -> None:
    """A reader who opens the library's page gets it.

    ja: 図書館のページを開いた利用者に、ページが届く。
    """
    town = scene.params["town"]

    def is_ours(answer: Answer) -> bool:
        return answer.status == 200 and town in answer.text

    seen = eventually(lambda: scene.get(SERVICE, "/"), is_ours)
    assert is_ours(seen), reason("answer", town=town, seen=seen)


@pytest.mark.guard
@pytest.mark.static
def test_limits(scene: Scene) -> None:
    """The service has its limits, and they fit the machine.

    ja: サービスには上限があり、マシンのメモリに収まっている。
    """
    limits = scene.inspect(SERVICE)["HostConfig"]
    memory, swap = limits["Memory"] // MIB, (limits["MemorySwap"] - limits["Memory"]) // MIB
    assert 0 < memory <= BUDGET, reason("limits", budget=BUDGET, memory=memory or say("all there is", "なし"))
    assert limits["MemorySwap"] < 0 or swap == 0, reason("limits-2", swap=swap)
    assert (limits["PidsLimit"] or 0) > 0, reason("limits-3")


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_answer")
def test_user(scene: Scene) -> None:
    """The service has none of root's rights, and can't change its own program.

    ja: サービスは root の権限を持たず、自分のプログラムを書き換えられない。
    """
    assert_unprivileged(scene, SERVICE, "/srv/catalogue", *run(scene))


def run(scene: Scene) -> list[str]:
    """Give the programs that processes and the image's command name, wherever a release has put them."""
    seen, beside = scene.inspect(SERVICE), scene.sidecar(SERVICE)
    commands = [one.command.split() for one in family(beside.processes(), int(seen["State"]["Pid"]))]
    commands += [seen["Config"].get("Entrypoint") or [], seen["Config"].get("Cmd") or []]
    words = {word for words in commands for word in [one for one in words if one.startswith("/")][:2]}
    return [file.path for file in beside.at(*sorted(words)) if file.kind == "file"]


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


@pytest.mark.users
@pytest.mark.timeout(90)
@pytest.mark.needs("test_answer")
def test_crowd(scene: Scene, evening: dict[str, Any]) -> None:
    """Readers who search at the same time all get an answer.

    ja: 同時に検索した利用者の全員に、答えが返る。
    """
    found, books = evening["found"], int(scene.params["books"])
    lost = sum(one.status != 200 for one in found)
    assert not lost, reason("crowd", count=len(found), crowd=CROWD, lost=lost, problems=problems(found))
    bare = sum(len({*one.titles}) != PAGE or bool(one.bare) for one in found)
    assert not bare, reason("crowd-3", count=len(found), crowd=CROWD, bare=bare, page=PAGE)
    fewer = [one.books for one in found if one.books != books]
    assert not fewer, reason(
        "crowd-2", count=len(found), crowd=CROWD, books=books, count_2=len(fewer), fewer=min(fewer, default=0)
    )


@pytest.mark.users
@pytest.mark.timeout(90)
@pytest.mark.needs("test_crowd")
def test_whole_catalogue(scene: Scene, readers: Readers) -> None:
    """A search finds every book of the library that it should, page by page.

    ja: 検索すれば、図書館にある該当の本が、どのページでもすべて見つかる。
    """
    draw, books = scene.draw("pages"), books_on(scene)
    for words, wanted in books.items():
        one = listed_books(readers, words)
        fitting = [title for title in one.titles if words in title]
        assert (one.books, len(fitting)) == (wanted, PAGE), reason(
            "whole-catalogue", wanted=wanted, words=words, books=one.books, count=len(fitting)
        )
        last = -(-wanted // PAGE)
        for page in (draw.randrange(2, last), last):
            due = min(PAGE, wanted - (page - 1) * PAGE)
            shown = listed_books(readers, words, page).titles
            new = {title for title in shown if words in title} - {*one.titles}
            assert len(new) == due, reason(
                "whole-catalogue-2", wanted=wanted, words=words, page=page, due=due, count=len(new)
            )
    subject, place = draw.choice(list(SUBJECTS)), draw.choice(PLACES)
    for page in (1, draw.randrange(2, WITH_BOTH)):
        check_order(readers, subject, place, page)
    newest = listed_books(readers, str(scene.params["books"]))
    assert newest.books == 1, reason("whole-catalogue-3", books=scene.params["books"])


def listed_books(readers: Readers, words: str, page: int = 1) -> Found:
    """Search for a page, and assert that it is a list of whole books."""
    found = readers.search(words, page)
    assert found.status == 200, reason("listed-books", words=words, page=page, problem=found.problem)
    assert not found.bare, reason("listed-books-2", words=words, page=page, bare=found.bare)
    return found


def check_order(readers: Readers, subject: str, place: str, page: int) -> None:
    """The books with the most of the words come first."""
    titles = listed_books(readers, f"{subject} {place}", page).titles
    both = [title for title in titles if subject in title.lower() and place in title.lower()]
    assert len(both) == PAGE, reason("check-order", subject=subject, place=place, page=page, due=PAGE, count=len(both))


@pytest.mark.timeout(90)
@pytest.mark.needs("test_answer")
def test_nobody_killed(scene: Scene, evening: dict[str, Any]) -> None:
    """While readers search at the same time, the kernel ends no process of the service.

    ja: 利用者が同時に検索しても、カーネルはサービスのプロセスを終わらせない。
    """
    assert life(scene) == evening["life"], reason("nobody-killed")
    before, after, limits = evening["before"], evening["after"], scene.inspect(SERVICE)["HostConfig"]
    is_there = bool(before and after)
    assert is_there, reason("nobody-killed-2", state=scene.state(SERVICE))
    killed, limit = after.kills - before.kills, limits["Memory"] // MIB
    assert killed == 0, reason("nobody-killed-3", crowd=CROWD, killed=killed, limit=limit)


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


@pytest.mark.timeout(150)
@pytest.mark.needs("test_nobody_killed", "test_crowd")
def test_plateau(scene: Scene, afternoon: LoadResult, listed: Callable[[dict[str, int]], str]) -> None:
    """Through an afternoon of searches the service comes to a size, in memory and on disk, and stays there.

    ja: 午後いっぱい検索が続いても、サービスのメモリとディスクの使用量は、ある大きさに達したらそれ以上増えない。
    """
    spent, state = afternoon.spent, scene.state(SERVICE)
    assert (life(scene), state) == (afternoon.life, "running"), reason("plateau", searches=spent.searches, state=state)
    assert not spent.kills, reason("plateau-2", searches=spent.searches, kills=spent.kills)
    assert not spent.lost, reason(
        "plateau-3", searches=spent.searches, count=len(spent.lost), problems=problems(spent.lost)
    )
    assert not spent.wrong, reason("plateau-4", searches=spent.searches, wrong=spent.wrong)
    assert not spent.left, reason("plateau-5", searches=spent.searches, round=spent.round, listed=listed(spent.left))


@pytest.mark.timeout(150)
@pytest.mark.needs("test_nobody_killed", "test_crowd")
def test_workers_stay(afternoon: LoadResult) -> None:
    """The processes that answer in the evening are those that answered at noon.

    ja: 夕方に答えているのは、昼に答えていたのと同じプロセスである。
    """
    gone, of = afternoon.replaced, afternoon.workers
    if not gone and afternoon.spent.kills > 0:
        pytest.skip(reason("workers-stay"))
    assert not gone, reason("workers-stay-2", gone=gone, of=of)
