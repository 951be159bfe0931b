"""Searches as readers make them, and rounds of them that fill any cache."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from stock import SUBJECTS, Book, stock

from kikori.grading import Amount, Scene, growth, reasons, say

reason = reasons(__file__)

PATIENCE = 8
"""Seconds that a reader waits."""
PAGE = 20
"""Books on a page."""
LONG_NUMBERS = 10_000
"""The first volume whose number has five digits, as that of the last one has."""
PASTED = 1260
"""Such numbers in a text that is pasted whole; with the blanks between them 7,560 letters."""
OWN = 4
"""Of these the text has for itself alone."""
AT_ONCE = 4


class Asked(NamedTuple):
    """What a reader searches for."""

    words: str
    page: int
    books: int
    """How many the library has with any of the words."""
    subject: str = ""
    text: frozenset[int] = frozenset()
    """The numbers of volumes among the words: a book with one of them and the subject comes before the others."""


class Found(NamedTuple):
    """What a search brought; status 0 where no list of books came."""

    words: str
    status: int
    books: int
    titles: tuple[str, ...]
    problem: str = ""
    """Why there is no list of books, as a reason says it."""
    bare: int = 0
    """How many of the books that are shown are not as the library lists them."""


class Readers:
    """Readers who search, some of them at the same time."""

    def __init__(self, scene: Scene, service: str) -> None:
        self.stock = stock(int(scene.params["books"]))
        self.clients = scene.clients
        self.address = scene.address(service) or "127.0.0.1:9"  # nobody listens there: every search fails, as it should

    def search(self, words: str, page: int = 1) -> Found:
        """Search once, as one reader."""
        url = f"http://{self.address}/search?q={words.replace(' ', '+')}" + (f"&page={page}" if page > 1 else "")
        try:
            with self.clients.session() as session:
                answer = session.get(url, timeout=PATIENCE)
        except OSError as problem:  # what requests raises is one
            return Found(words, 0, 0, (), unanswered(problem))
        if (status := answer.status_code) != 200:
            return Found(words, status, 0, (), reason("search", status=status))
        try:
            content: dict[str, Any] = answer.json()
            shown = content.get("books", ())
            titles = tuple(str(book["title"]) for book in shown)
            bare = sum(Book(*(str(book.get(name)) for name in Book._fields)) not in self.stock for book in shown)
            return Found(words, 200, int(content.get("found", 0)), titles, bare=bare)
        except (ValueError, TypeError, KeyError, AttributeError):
            return Found(words, 0, 0, (), reason("search-2"))

    def search_all(self, words: Iterable[str], at_once: int) -> list[Found]:
        """Search many times, ``at_once`` of them at any time."""
        with ThreadPoolExecutor(at_once) as crowd:
            return list(crowd.map(self.search, words))

    def ask_all(self, asked: Sequence[Asked], at_once: int) -> list[Found]:
        """Search for words and pages, ``at_once`` of them at any time."""
        with ThreadPoolExecutor(at_once) as crowd:
            return list(crowd.map(lambda one: self.search(one.words, one.page), asked))


def unanswered(problem: OSError) -> str:
    """Say why nothing came."""
    if "timed out" in str(problem):
        return reason("unanswered", patience=PATIENCE)
    return reason("unanswered-2")


def problems(found: Iterable[Found]) -> str:
    """Say what came in the place of lists of books, and how often."""
    seen = Counter(one.problem for one in found if one.status != 200)
    return say(", ", "、").join(reason("problems", what=what, many=many) for what, many in seen.most_common())


def new_word() -> str:
    """Make a word that is in no title and that nobody has searched for."""
    return f"x{secrets.token_hex(8)}"


def usual(subjects: Mapping[str, int], count: int) -> list[Asked]:
    """Draw searches for one subject each.

    Of 64 in turn 48 have a pasted text, and 48 are for the first page. In the texts every word is in a title: they are
    numbers of volumes, whose subjects come in turn, too. What two texts of a round differ in stands at one place, which
    is drawn: neither their beginning nor their end tells them apart. The other searches have a word that is in none.
    """
    names, found = list(subjects), list[Asked]()
    volumes = list(range(LONG_NUMBERS, sum(subjects.values()) + 1))
    secrets.SystemRandom().shuffle(volumes)
    shared, own = volumes[: PASTED - OWN], volumes[PASTED - OWN :]
    place = secrets.randbelow(len(shared))
    for turn in range(count):
        subject = names[turn % len(names)]
        differs = own[turn : turn + OWN] if turn // 4 % 4 else []
        text = frozenset([*shared, *differs] if differs else ())
        words = [*shared[:place], *differs, subject, *shared[place:]] if differs else [subject, "about", new_word()]
        last = -(-subjects[subject] // PAGE)
        page = 1 if turn // 16 % 4 else 2 + secrets.randbelow(last - 1)
        others = sum(names[volume % len(names)] != subject for volume in text)
        found.append(Asked(in_a_row(words), page, subjects[subject] + others, subject, text))
    return found


def is_right(one: Asked, seen: Found) -> bool:
    """Whether as many books were found as the library has, and those are shown that belong on the page."""
    before = (one.page - 1) * PAGE
    due = max(0, min(PAGE, one.books - before))
    both = sum(SUBJECTS[volume % len(SUBJECTS)] == one.subject for volume in one.text)
    first = seen.titles[: max(0, min(PAGE, both - before))]
    volumes = {str(volume) for volume in one.text}
    fits = all(one.subject in title and title.rpartition(" ")[2] in volumes for title in first)
    return seen.books == one.books and not seen.bare and len({*seen.titles}) == due and fits


def long(subjects: Mapping[str, int], count: int) -> list[Asked]:
    """Draw searches that find every book: nothing larger can be found."""
    draw, books = secrets.SystemRandom(), sum(subjects.values())
    volumes = [draw.sample(range(1, books + 1), 3) for _ in range(count)]
    return [Asked(f"{in_a_row(subjects)} {in_a_row(three)}", 1, books) for three in volumes]


def in_a_row(words: Iterable[object]) -> str:
    """Write words as a reader types them."""
    return " ".join(map(str, words))


class LoadEnded(Exception):
    """Raised where more searches would teach nothing."""


class SearchLoad:
    """Rounds of searches, no two alike, until one leaves the service no larger."""

    def __init__(self, readers: Readers, account: Callable[[], Any], subjects: Mapping[str, int]) -> None:
        self.readers = readers
        self.account = account
        self.subjects = subjects
        self.before = account()
        self.searches = self.round = self.wrong = self.kills = 0
        self.lost: list[Found] = []
        self.left: dict[str, int] = {}

    @property
    def is_over(self) -> bool:
        """Tell whether something went wrong that more searches would only repeat."""
        return bool(self.lost or self.wrong or self.kills or self.left)

    def go_on(self, asked: Sequence[Asked]) -> None:
        """Search for one round more.

        Raises:
            LoadEnded: something went wrong.
        """
        found = self.readers.ask_all(asked, AT_ONCE)
        self.searches += len(asked)
        self.lost = [one for one in found if one.status != 200]
        self.wrong = sum(seen.status == 200 and not is_right(one, seen) for one, seen in zip(asked, found, strict=True))
        now = self.account()
        self.kills = now.kills - self.before.kills if now and self.before else 0
        if self.is_over:
            raise LoadEnded

    def spend(
        self,
        kind: Callable[[Mapping[str, int], int], list[Asked]],
        searches: int,
        look: Callable[[], Amount],
        most: Mapping[str, int],
        rounds: tuple[int, float],
    ) -> None:
        """Search in rounds, and look after each, until one leaves nothing.

        There are as many as there is time for; a small one before them tells how long they take.

        Raises:
            OurFault: the service can't be looked at, although it answers.
        """
        self.round = searches
        begun = time.monotonic()
        try:
            self.go_on(kind(self.subjects, searches // 4))
            each = 4 * (time.monotonic() - begun) + 1
            number = max(3, min(rounds[0], int(rounds[1] / each)))
            self.left = growth(look, lambda: self.go_on(kind(self.subjects, searches)), most, rounds=number, rest=0.5)
        except LoadEnded:
            return
