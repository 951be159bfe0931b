"""Bans of members who have been there for years: their pictures and remarks are on many pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kikori.bench.api import Request, UserSession, Violation

from . import verify
from .page import Page, filled, linked, page
from .refusing import Intruder
from .world import Member, Picture


class Warden(Intruder):
    """What moderators rely on."""

    def long_time_members(self) -> UserSession:
        """Banish two members by one form, and look for both everywhere."""
        shower, speaker, spoken = self._two_of_the_front()
        yield from self.login(shower)
        at_home = yield from self.login(shower, who=2)
        yield from self.open("/", me=shower.name)
        yield from self._pages_with(spoken)
        yield from self.ban(shower, speaker)
        yield from self._is_out(shower, at_home)
        for member in (shower, speaker):
            yield from self._is_gone(member)
        yield from self._pages_with(spoken)
        request = Request("/moderate", who=1)
        (answer,) = yield [request]
        seen = page(answer, request)
        linked(seen, "/moderate")
        for name in (shower.name, speaker.name):
            if any(name in (box.parent.text() if box.parent else "").split() for box in seen.tree.css("input")):
                raise Violation("wrong-content", f"/moderate still lists {name}, who is banished")
        yield from self._not_in(shower.name, shower.password)

    def _pages_with(self, spoken: Picture) -> UserSession:
        """Visit the pages on which the two are seen or counted."""
        front = yield from self.listed("/", who=9)
        yield from self.listed(front.older, who=9)
        yield from self.detailed(spoken.id, who=9)
        yield from self.profiled(spoken.by.name, who=9, images=False)

    def _is_out(self, member: Member, at_home: Page) -> UserSession:
        """Try both browsers of a banished member."""
        for who, path in ((0, "/"), (2, "/login"), (2, "/")):
            request = Request(path, who=who)
            (answer,) = yield [request]
            if page(answer, request).me:
                raise Violation("let-in", f"{member.name} is banished and in one browser still logged in", request)
        other = next(article for article in at_home.articles if article.by != member.name)
        place = f"/p/{other.id}/remarks"
        request = Request(place, "POST", filled(at_home, place, words="one more"), who=2)
        (answer,) = yield [request]
        if answer.status == 200 or "/p/" in answer.headers.get("Location", ""):
            raise Violation("let-in", f"{member.name} is banished and could still leave a remark", request)

    def _is_gone(self, member: Member) -> UserSession:
        """Ask for a member's page, and for the newest picture."""
        paths = [f"/m/{member.name}"]
        if shown := next((one for one in reversed(self.world.pictures.values()) if one.by is member), None):
            paths += [f"/p/{shown.id}", shown.path]
        for request in [Request(path, who=9) for path in paths]:
            (answer,) = yield [request]
            verify.gone(answer, request)

    def _two_of_the_front(self) -> tuple[Member, Member, Picture]:
        """Choose who shows a picture, who left a remark, and where."""
        busy = {remark.by.name for remark in self.world.said.values()}
        busy |= {picture.by.name for picture in (*self.world.below.values(), *self.world.started.values())}
        free = {member.name for member in self.world.regulars} - busy
        seen = [
            one for one in chain(self.world.newest(), reversed(self.world.pictures.values())) if not one.by.banished
        ]
        shower = next(picture.by for picture in seen if picture.by.name in free)

        def spoken() -> Iterator[tuple[Member, Picture]]:
            for picture in seen:
                if picture.by is not shower:
                    said = [remark for remark in picture.remarks if not remark.by.banished][-3:]
                    yield from ((remark.by, picture) for remark in said if remark.by.name in free)

        speaker, where = next((by, at) for by, at in spoken() if by is not shower and by is not at.by)
        return shower, speaker, where
