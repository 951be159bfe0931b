"""Visits of members: remarks, pictures, new members, and those who are shut out."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from kikori.bench.api import Answer, Request, UserSession, Violation

from . import paint, verify
from .page import Page, filled, form, page, there
from .reading import Reader, Step
from .world import Member, Picture, Remark

PATIENCE = 4
"""Looks, a quarter of a second apart, until what somebody else wrote must be seen."""
NOTED = 40
"""Logins of which the cookies and tokens are kept."""


class Writer(Reader):
    """What members do."""

    def login(self, member: Member, who: int = 0, me: str = "") -> Step:
        """Log in, where ``me`` is before; gives the front page as the member sees it."""
        look = Request("/login", who=who)
        (shown,) = yield [look]
        empty = page(shown, look)
        verify.visitor(empty, me, look)
        pairs = filled(empty, "/login", name=member.name, password=member.password)
        request = Request("/login", "POST", pairs, who=who)
        (answer,) = yield [request]
        there(answer, 302, request, "/")
        seen = yield from self.open("/", me=member.name, who=who)
        self.note("visitors", shown, dict(pairs)["token"])
        self.note("members", answer, seen.token)
        self.count("login", answer.seconds)
        return seen

    def note(self, whose: str, answer: Answer, token: str) -> None:
        """Keep the cookies and the token that somebody was given."""
        cookies = "".join(value for _, value in sorted(answer.cookies.items()))
        for what, value in ((f"the cookies of {whose}", cookies), (f"the tokens of {whose}", token)):
            known = self.given.setdefault(what, [])
            if len(known) < NOTED:
                known.append(value)

    def remark(self, by: Member | None = None, target: Picture | None = None) -> UserSession:
        """Leave a remark; another visitor reads it."""
        by = by or self.rng.choice(self.world.regulars)
        yield from self.login(by)
        target = target or self.world.popular(self.rng)
        remark, seconds = yield from self.left(by, target)
        yield from self.read_by_another(target, remark)
        self.count("remark", seconds)

    def left(self, by: Member, target: Picture) -> Step:
        """Leave a remark, and see it at once; gives it and the seconds that it took."""
        seen = yield from self.detailed(target.id, me=by.name)
        remark = Remark(by=by, words=paint.words(self.rng))
        place = f"/p/{target.id}/remarks"
        request = Request(place, "POST", filled(seen, place, words=remark.words))
        self.world.say(target, remark)
        (answer,) = yield [request]
        there(answer, 302, request, f"/p/{target.id}")
        own = Request(f"/p/{target.id}")
        (again,) = yield [own]
        for article in page(again, own).articles:
            for said in article.remarks:
                if said.words == remark.words:
                    remark.id, remark.known_at = said.id, time.monotonic()
                    return remark, answer.seconds
        raise Violation(
            "lost-write", f"the remark {remark.words!r} was accepted and is not at picture {target.id}", own
        )

    def left_while(self, hold: Callable[[], float], name: str, number: int, kept: list[list[object]]) -> UserSession:
        """Leave a remark while remarks can't be written down for so long; keep it where it was accepted sooner."""
        yield from self.login(self.world.members[name])
        own, place, words = Request(f"/p/{number}"), f"/p/{number}/remarks", paint.words(self.rng)
        (seen,) = yield [own]
        request = Request(place, "POST", filled(page(seen, own), place, words=words))
        seconds = hold()
        (answer,) = yield [request]
        if answer.status == 302 and answer.seconds < seconds / 2:
            kept.append([number, words, name])

    def left_before(self, end: Callable[[], object], name: str, number: int, kept: list[list[object]]) -> UserSession:
        """Leave a remark, and let something end once it is accepted."""
        yield from self.login(self.world.members[name])
        own, place, words = Request(f"/p/{number}"), f"/p/{number}/remarks", paint.words(self.rng)
        (seen,) = yield [own]
        request = Request(place, "POST", filled(page(seen, own), place, words=words))
        (answer,) = yield [request]
        if answer.status == 302:
            end()
            kept.append([number, words, name])

    def read_by_another(self, target: Picture, remark: Remark) -> UserSession:
        """Somebody else reads the remark within a second."""
        own = Request(f"/p/{target.id}", who=9)
        for _ in range(PATIENCE + 1):
            (answer,) = yield [own]
            seen = page(answer, own)
            verify.visitor(seen, "", own)
            if any(said.words == remark.words for article in seen.articles for said in article.remarks):
                return
            yield []
        raise Violation("lost-write", f"others do not see the remark {remark.words!r} at picture {target.id}", own)

    def upload(self, by: Member | None = None) -> UserSession:
        """Put up a picture; another visitor gets the same bytes."""
        by = by or self.rng.choice(self.world.regulars)
        front = yield from self.login(by)
        made, seconds = yield from self.put_up(by, front)
        yield from self.got_by_another(made)
        self.count("upload", seconds)

    def put_up(self, by: Member, front: Page, size: int = 0) -> Step:
        """Put up a picture, and see it at once; gives it and the seconds that it took."""
        made, file = paint.picture(self.rng, by, size)
        self.world.started[made.caption] = made
        pairs = form(front, "/pictures", "picture", "caption") | {"caption": made.caption}
        request = Request("/pictures", "POST", tuple(pairs.items()), (("picture", file),))
        (answer,) = yield [request]
        there(answer, 302, request)
        target = answer.headers.get("Location", "")
        number = target.rpartition("/")[2]
        if "/p/" not in target or not number.isdigit():
            raise Violation("wrong-status", f"POST /pictures leads to {target!r}, not to the picture", request)
        own = Request(f"/p/{number}")
        (page_answer,) = yield [own]
        articles = page(page_answer, own).articles
        if not articles or articles[0].caption != made.caption:
            raise Violation("lost-write", f"picture {number} was accepted and is not there", own)
        self.world.add(made, int(number), articles[0].at)
        image = Request(made.path, asset=True)
        (bytes_,) = yield [image]
        verify.image(made, bytes_, image)
        return made, answer.seconds

    def got_by_another(self, made: Picture) -> UserSession:
        """Somebody else gets the picture within a second, and sees it in the list."""
        image = Request(made.path, asset=True, who=9)
        (answer,) = yield [image]
        verify.image(made, answer, image)
        for _ in range(PATIENCE):
            yield []
        yield from self.listed("/", who=9)

    def become(self, rng: Random | None = None, password: str = "") -> Step:
        """Somebody new becomes a member."""
        rng = rng or self.rng
        name = f"{rng.choice('abcdefghkmnprst')}{rng.randrange(36**7):x}_{rng.randrange(100)}"
        new = Member(0, name, password or f"{rng.randrange(16**14):014x}", passing=True)
        empty = yield from self.open("/join")
        request = Request("/join", "POST", filled(empty, "/join", name=new.name, password=new.password))
        self.world.members[new.name] = new
        (answer,) = yield [request]
        there(answer, 302, request, "/")
        front = yield from self.open("/", me=new.name)
        self.count("join", answer.seconds)
        return new, front

    def shut_out(self, size: int = 0) -> UserSession:
        """Somebody joins, puts up a picture, leaves a remark, is banished; and all of theirs is gone at once."""
        new, front = yield from self.become()
        made, _ = yield from self.put_up(new, front, size)
        target = self.world.popular(self.rng)
        yield from self.left(new, target)
        yield from self.ban(new)
        yield from self.nothing_is_left(new, made)
        yield from self.detailed(target.id, who=9)
        yield from self.listed("/", who=9)

    def ban(self, *members: Member) -> UserSession:
        """A moderator shuts members out, all of them by one form."""
        moderator = self.rng.choice(self.world.moderators)
        yield from self.login(moderator, who=1)
        seen = yield from self.open("/moderate", me=moderator.name, who=1)
        ticked = tuple(("member", _number_of(seen, member.name)) for member in members)
        request = Request("/moderate", "POST", (*ticked, ("token", form(seen, "/moderate", "member")["token"])), who=1)
        (answer,) = yield [request]
        there(answer, 302, request, "/moderate")
        self.world.banish(*members)
        self.count("ban", answer.seconds)

    def nothing_is_left(self, member: Member, made: Picture) -> UserSession:
        """Neither pictures nor page of a banished member are shown, and the session is over."""
        gone = [Request(f"/p/{made.id}", who=9), Request(made.path, who=9), Request(f"/m/{member.name}", who=9)]
        answers = yield gone
        for request, answer in zip(gone, answers, strict=True):
            verify.gone(answer, request)
        front = Request("/")
        (answer,) = yield [front]
        if page(answer, front).me:
            raise Violation("let-in", f"{member.name} is banished and still logged in", front)


def _number_of(seen: Page, name: str) -> str:
    """The value of the box beside a member's name."""
    for box in seen.tree.css("input[name=member]"):
        if name in (box.parent.text() if box.parent else "").split():
            return box.attributes["value"] or ""
    raise Violation("wrong-content", f"/moderate does not list {name}", Request("/moderate", who=1))
