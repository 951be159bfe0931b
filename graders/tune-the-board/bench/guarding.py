"""Visits that look at what protects members: sessions and their cookies, and the rules for what is sent."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from itertools import combinations
from math import log2
from urllib.parse import quote

from kikori.bench.api import Answer, File, Request, UserSession, Violation

from . import paint
from .banning import Warden
from .page import filled, form, page, there
from .world import Member

DAY = 24 * 3600
"""Seconds that a session lasts."""
SLACK = 300
BITS = 50
"""Bits of chance that a session's number and a token have at least: a clock in nanoseconds shows some forty."""
ENOUGH = 10
"""Sessions from which on chance can be told from a clock."""
LONGEST = 2000
"""Characters of a remark or a caption."""
BUSY = (0, 502, 503, 504)
"""Answers that a busy computer can bring about."""
ALWAYS = "' OR '1'='1"
PASTED = ("'", '"', "\\", "nobody' OR '1'='1", 'nobody" OR "1"="1', "\\' OR 1=1 -- ")
"""Names that nobody has, and that mean something else inside of a statement."""
NAMES = ("ab", "x" * 33, "two words", "a<b>c", "o'hara", "みかん")
"""Names that nobody may have."""
KINDS = ("image/svg+xml", "image/webp", "application/octet-stream")


class Guard(Warden):
    """What protects members."""

    def cookies_of_a_session(self) -> UserSession:
        """Log in, and try to be let in by what scripts, other sites and old browsers have."""
        member, look, front = self.rng.choice(self.world.regulars), Request("/login"), Request("/")
        (empty,) = yield [look]
        pairs = filled(page(empty, look), "/login", name=member.name, password=member.password)
        request = Request("/login", "POST", pairs)
        (let_in,) = yield [request]
        there(let_in, 302, request, "/")
        (seen,) = yield [front]
        told = _attributes((empty, let_in, seen))
        for what, lacks in (
            ("scripts of any page may read the session's cookie: it lacks HttpOnly", _is_readable),
            ("other sites' forms come with the session's cookie: it lacks SameSite=Lax or Strict", _comes_along),
            ("a browser keeps the session's cookie for more than a day", _is_kept),
        ):
            open_ = {name: value for name, value in seen.cookies.items() if name in told and lacks(told[name])}
            if open_:
                alone = Request("/", who=6, cookie="; ".join(f"{name}={value}" for name, value in open_.items()))
                (answer,) = yield [alone]
                if page(answer, alone).me:
                    raise Violation("session", what, alone)
        self.alive += [*seen.cookies.values(), page(seen, front).token]

    def another_login(self) -> UserSession:
        """Log in, and once more in the same browser; what was known before must be worth nothing."""
        first, second = self.rng.sample(self.world.regulars, 2)
        before = form((yield from self.open("/login")), "/login", "name", "password")["token"]
        yield from self.login(first)
        request = Request("/p/1/remarks", "POST", (("words", paint.words(self.rng)), ("token", before)))
        (answer,) = yield [request]
        if answer.status in (200, 302):
            raise Violation("session", f"the token from before the login of {first.name} is taken after it", request)
        there(answer, 422, request)
        (answer,) = yield [Request("/")]
        old = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        yield from self.login(second, me=first.name)
        again = Request("/", who=5, cookie=old)
        (answer,) = yield [again]
        if page(answer, again).me:
            seen = f"{second.name} logged in where {first.name} was, whose session goes on for who has its cookie"
            raise Violation("session", seen, again)

    def sessions_by_chance(self) -> UserSession:
        """Hold the sessions that the visits before were given against each other."""
        for what, values in self.given.items():
            if len(values) >= ENOUGH and all(values) and (bits := _bits(values)) < BITS:
                seen = f"{what}: {len(values)} of them have {bits:.0f} bits that differ by chance, fewer than {BITS}"
                raise Violation("session", seen)
        yield from ()

    def everybody_is_listed(self) -> UserSession:
        """Find every member on the moderators' page."""
        moderator, request = self.rng.choice(self.world.moderators), Request("/moderate")
        yield from self.login(moderator)
        (answer,) = yield [request]
        boxes = page(answer, request).tree.css("input[name=member]")
        listed = {word for box in boxes for word in (box.parent.text() if box.parent else "").split()}
        there_are = [one.name for one in self.world.members.values() if not one.banished]
        if lacking := [name for name in there_are if name not in listed]:
            seen = f"/moderate lacks {len(lacking)} of {len(there_are)} members, {lacking[0]} among them"
            raise Violation("wrong-content", seen, request)

    def odd_names(self) -> UserSession:
        """Ask for names that a statement could take for a part of itself."""
        for name in PASTED:
            request = Request(f"/m/{quote(name, safe='')}")
            (answer,) = yield [request]
            _as_data(answer, request, name)
            if answer.status == 200:
                raise Violation("input", f"a page of {name!r} is shown, and nobody has that name", request)
        request = Request(f"/older?before={quote(self.world.newest()[-1].at)}{quote(ALWAYS)}")
        (answer,) = yield [request]
        _as_data(answer, request, ALWAYS)
        if answer.status == 200 and page(answer, request).articles:
            raise Violation("input", f"{ALWAYS!r} behind a moment is taken for a part of the statement", request)
        seen = yield from self.open("/login")
        for name in PASTED:
            request = Request("/login", "POST", filled(seen, "/login", name=name, password=name))
            (answer,) = yield [request]
            _as_data(answer, request, name)
        yield from self._nobody_is_in("by a name with quotes in it")
        yield from self._odd_ban()

    def _odd_ban(self) -> UserSession:
        """Tick a box whose value names somebody by a condition."""
        moderator, member = self.rng.choice(self.world.moderators), self.rng.choice(self.world.regulars)
        yield from self.login(moderator)
        seen = yield from self.open("/moderate", me=moderator.name)
        ticked = tuple(("member", text) for text in (f"0 OR id = {member.id}", f"0) OR (id = {member.id}"))
        request = Request("/moderate", "POST", (*ticked, ("token", seen.token)))
        yield [request]
        look = Request(f"/m/{member.name}")
        (answer,) = yield [look]
        if answer.status == 404:
            raise Violation("input", f"{ticked[0][1]!r} was taken for a condition: {member.name} is banished", request)
        there(answer, 200, look)

    def _nobody_is_in(self, how: str) -> UserSession:
        front = Request("/")
        (answer,) = yield [front]
        if who := page(answer, front).me:
            raise Violation("let-in", f"somebody is in as {who} {how}", front)

    def names_that_nobody_has(self) -> UserSession:
        """Try to join under names that are too short, too long, or hold what no name may."""
        seen, password = (yield from self.open("/join")), f"{self.rng.randrange(16**14):014x}"
        for name in NAMES:
            request = Request("/join", "POST", filled(seen, "/join", name=name, password=password))
            (answer,) = yield [request]
            if answer.status >= 500 or not answer.status:
                there(answer, 302, request)
            look = Request("/")
            (after,) = yield [look]
            if page(after, look).me:
                raise Violation("input", f"somebody joined as {name!r}", request)

    def what_is_too_much(self) -> UserSession:
        """Send what is too long, of another kind, or belongs to what nobody sees."""
        by, target = self.rng.choice(self.world.regulars), self.world.popular(self.rng)
        front = yield from self.login(by)
        hidden = next(one for one in self.world.pictures.values() if one.by.banished)
        for number in (hidden.id, 99999999):
            pairs = (("words", paint.words(self.rng)), ("token", front.token))
            request = Request(f"/p/{number}/remarks", "POST", pairs)
            (answer,) = yield [request]
            if answer.status in (200, 302):
                raise Violation("input", f"a remark was accepted at picture {number}, which nobody can see", request)
            there(answer, 404, request)
        long = "long " * (LONGEST // 5) + "!"
        request = Request(f"/p/{target.id}/remarks", "POST", (("words", long), ("token", front.token)))
        yield [request]
        own = Request(f"/p/{target.id}")
        (answer,) = yield [own]
        if any(one.words.startswith(long[:100]) for each in page(answer, own).articles for one in each.remarks):
            raise Violation("input", f"a remark of {len(long)} characters was accepted", request)
        yield from self._pictures_of_other_kinds(front.token, by, long)

    def _pictures_of_other_kinds(self, token: str, by: Member, long: str) -> UserSession:
        _, file = paint.picture(self.rng, by)
        tried = [
            *((f"a file of the type {kind}", "-", file._replace(mime=kind)) for kind in KINDS),
            ("a file of 0 bytes", "-", File("a.gif", "image/gif", b"")),
            (f"a caption of {len(long)} characters", long, file),
        ]
        for what, caption, one in tried:
            request = Request("/pictures", "POST", (("caption", caption), ("token", token)), (("picture", one),))
            (answer,) = yield [request]
            if answer.status == 200 or "/p/" in answer.headers.get("Location", ""):
                raise Violation("input", f"{what} was accepted", request)
            if answer.status >= 500 or not answer.status:
                there(answer, 302, request)

    def two_with_one_password(self) -> UserSession:
        """Two people join, by chance with the same password."""
        password = f"{self.rng.randrange(16**14):014x}"
        for _ in range(2):
            new, front = yield from self.become(password=password)
            self.twins.append((new.name, password))
            request = Request("/logout", "POST", filled(front, "/logout"))
            (answer,) = yield [request]
            there(answer, 302, request)


def _as_data(answer: Answer, request: Request, value: str) -> None:
    """What was sent is taken as data, and breaks nothing."""
    if answer.status in BUSY:
        there(answer, 404, request)
    if answer.status >= 500:
        seen = f"{value!r} is not taken as it is: {request.method} {request.path} gives {answer.status}"
        raise Violation("input", seen, request)


def _attributes(answers: Iterable[Answer]) -> dict[str, Morsel[str]]:
    """The cookies that some answers set, with their attributes; the last of a name counts."""
    found: dict[str, Morsel[str]] = {}
    for answer in answers:
        all_of = getattr(answer.headers, "getall", None)
        for line in all_of("Set-Cookie", []) if all_of else [answer.headers.get("Set-Cookie", "")]:
            with suppress(CookieError):
                found.update(SimpleCookie(line))
    return found


def _is_readable(cookie: Morsel[str]) -> bool:
    return not cookie["httponly"]


def _comes_along(cookie: Morsel[str]) -> bool:
    return cookie["samesite"].lower() not in ("lax", "strict")


def _is_kept(cookie: Morsel[str]) -> bool:
    with suppress(ValueError):
        if cookie["max-age"]:
            return int(cookie["max-age"]) > DAY + SLACK
        if cookie["expires"]:
            return parsedate_to_datetime(cookie["expires"]).timestamp() - time.time() > DAY + SLACK
    return False


def _bits(values: list[str]) -> float:
    """How many bits differ by chance: by each place's share of pairs that are alike (Renyi's entropy)."""
    pairs = len(values) * (len(values) - 1) / 2

    def places() -> Iterator[float]:
        for at in range(max(map(len, values))):
            alike = sum(one[at : at + 1] == other[at : at + 1] for one, other in combinations(values, 2))
            yield -log2((alike + 0.5) / (pairs + 1)) if alike < pairs else 0.0

    return sum(places())
