"""Visits that compare one route after the other with the truth, before anybody hurries the service."""

from __future__ import annotations

from kikori.bench.api import File, Request, UserSession, Violation

from . import paint, verify
from .guarding import Guard
from .page import Page, dressed, filled, form, linked, page, there
from .world import Member

LARGEST = 5 * 1024 * 1024
"""Bytes that a picture may have."""
LARGE = 1_500_000
"""Bytes of a picture as a telephone makes it."""
LEFT = 10
"""Pictures that the list's last part has."""


class Inspector(Guard):
    """Each visit once, one after the other."""

    def absent(self) -> UserSession:
        """What is not there is said not to be there."""
        hidden = next(p for p in self.world.pictures.values() if p.by.banished)
        for request in (Request(f"/p/{hidden.id}"), Request(hidden.path), Request(f"/m/{hidden.by.name}")):
            (answer,) = yield [request]
            verify.gone(answer, request)
        shown = self.world.newest()[0]
        wrong_end = "gif" if shown.mime != "image/gif" else "png"
        for path in ("/p/99999999", "/img/99999999.jpg", f"/img/{shown.id}.{wrong_end}", "/m/nobody_at_all"):
            (answer,) = yield [Request(path)]
            there(answer, 404, Request(path))

    def as_in_the_seed(self, banned_before: Member) -> UserSession:
        """Compare the front page and a profile with the seed."""
        request = Request("/")
        (answer,) = yield [request]
        seen = [article.id for article in page(answer, request).articles]
        if seen != [known.id for known in self.world.newest()]:
            raise Violation("initialize", "after POST /initialize the front page is not the seed's", request)
        own = Request(f"/m/{banned_before.name}")
        (answer,) = yield [own]
        if answer.status == 404:
            raise Violation("initialize", f"after POST /initialize there is no page of {banned_before.name}", own)
        yield from self.profiled(banned_before.name)

    def front(self) -> UserSession:
        """The front page and two more, each picture looked at."""
        seen = yield from self.listed("/", deep=True)
        linked(seen, "/login", "/join", *_ways(seen))
        dressed(seen)
        for _ in range(2):
            seen = yield from self.listed(seen.older, deep=True)

    def last_of_the_list(self) -> UserSession:
        """Scroll to the end, where the oldest pictures are."""
        shown = sorted((p.at, p.id) for p in self.world.pictures.values() if not p.by.banished)
        yield from self.listed(f"/older?before={shown[LEFT][0]}")

    def ten_pictures(self) -> UserSession:
        """Ten pictures of which some have many remarks."""
        for _ in range(10):
            yield from self.detailed(self.world.popular(self.rng).id, deep=True)

    def three_profiles(self) -> UserSession:
        """The counters of three members."""
        for _ in range(3):
            yield from self.profiled(self.world.popular(self.rng).by.name)

    def health(self) -> UserSession:
        """The place that orchestrators ask."""
        (answer,) = yield [Request("/healthz")]
        there(answer, 200, Request("/healthz"))

    def quiet(self, member: Member) -> UserSession:
        """Send forms that lack something, and files that are no pictures."""
        front = yield from self.login(member)
        for path, pairs in (("/p/1/remarks", ()), ("/pictures", ())):
            request = Request(path, "POST", (("token", front.token), ("words", ""), *pairs))
            (answer,) = yield [request]
            there(answer, 302, request)
            for wanted in (True, False):
                seen = yield from self.open("/login", me=member.name)
                if bool(seen.notice) is not wanted:
                    how = "leaves no notice" if wanted else "leaves its notice on more than one page"
                    raise Violation("wrong-content", f"an empty form to {path} {how}", request)
        page_of_html = File("a.html", "text/html", b"<script>alert(1)</script>")
        too_large = File("a.gif", "image/gif", paint.gif(self.rng, LARGEST))
        for file in (page_of_html, too_large):
            request = Request("/pictures", "POST", (("caption", "-"), ("token", front.token)), (("picture", file),))
            (answer,) = yield [request]
            if answer.status == 200 or "/p/" in answer.headers.get("Location", ""):
                what = f"{len(file.data)} bytes of the type {file.mime}"
                raise Violation("wrong-status", f"{what} were taken for a picture", request)

    def tokens_everywhere(self) -> UserSession:
        """Send all other forms without a token."""
        moderator, member = self.rng.choice(self.world.moderators), self.rng.choice(self.world.regulars)
        yield from self.login(moderator)
        yield from self._without_token("/moderate", member=str(member.id))
        yield from self._without_token("/logout")
        yield from self.open("/login", who=3)
        yield from self._without_token("/login", who=3, name=member.name, password=member.password)
        name, password = f"x{self.rng.randrange(16**8):08x}", f"{self.rng.randrange(16**14):014x}"
        yield from self._without_token("/join", who=3, name=name, password=password)

    def _without_token(self, path: str, who: int = 0, **fields: str) -> UserSession:
        request = Request(path, "POST", (*fields.items(), ("token", "")), who=who)
        (answer,) = yield [request]
        self._refused(answer, 422, request, "without the right token")

    def visitor_writes(self) -> UserSession:
        """Try to leave something with a visitor's own token."""
        seen, target = (yield from self.open("/login")), self.world.popular(self.rng)
        made, file = paint.picture(self.rng, Member(0, "", ""))
        remark = Request(f"/p/{target.id}/remarks", "POST", (("words", made.caption), ("token", seen.token)))
        upload = Request("/pictures", "POST", (("caption", "-"), ("token", seen.token)), (("picture", file),))
        for request in (remark, upload):
            (answer,) = yield [request]
            if answer.status == 200 or "/p/" in answer.headers.get("Location", ""):
                raise Violation("let-in", f"POST {request.path} was accepted from who is not logged in", request)
            there(answer, 302, request, "/login")

    def cookie_of_before(self) -> UserSession:
        """Try the cookie that a member had before logging in."""
        member, first = self.rng.choice(self.world.regulars), Request("/login")
        (answer,) = yield [first]
        before = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        yield from self.login(member)
        again = Request("/", who=5, cookie=before)
        (answer,) = yield [again]
        if page(answer, again).me:
            seen = f"who knows the cookie that {member.name} had before logging in is {member.name} now"
            raise Violation("let-in", seen, again)

    def name_that_is_taken(self) -> UserSession:
        """Try to join under a taken name, and with a short password."""
        member, password = self.rng.choice(self.world.regulars), f"{self.rng.randrange(16**14):014x}"
        for name, word in ((member.name, password), (f"x{self.rng.randrange(16**8):08x}", password[:7])):
            seen = yield from self.open("/join")
            request = Request("/join", "POST", filled(seen, "/join", name=name, password=word))
            (answer,) = yield [request]
            look = Request("/login")
            (after,) = yield [look]
            if page(after, look).me:
                raise Violation("let-in", f"{name} joined, with a name that is taken or 7 letters of password", request)
            there(answer, 302, request, "/join")
        yield from self._not_in(member.name, password)

    def own_at_once(self) -> UserSession:
        """Leave a remark and a picture, and look wherever they show."""
        by = self.rng.choice(self.world.regulars)
        target = next(picture for picture in self.world.newest() if picture.by is not by)
        yield from self.profiled(target.by.name, who=9, images=False)
        front = yield from self.login(by)
        _forms_of(front, by)
        remark, _ = yield from self.left(by, target)
        seen = yield from self.open("/", me=by.name)
        if not any(remark.words == one.words for article in seen.articles for one in article.remarks):
            missing = f"/ lacks the remark {remark.words!r}, which {by.name} has just left at picture {target.id}"
            raise Violation("lost-write", missing)
        made, _ = yield from self.put_up(by, seen)
        for path in ("/", f"/m/{by.name}"):
            seen = yield from self.open(path, me=by.name)
            if made.id not in {article.id for article in seen.articles}:
                raise Violation("lost-write", f"{path} lacks picture {made.id}, which {by.name} has just put up")
        yield from self.got_by_another(made)
        yield from self.read_by_another(target, remark)
        for name in (target.by.name, by.name):
            yield from self.profiled(name, who=9, images=False)

    def large(self) -> UserSession:
        """Put up a large picture of another kind, and be banished."""
        yield from self.shut_out(LARGE)


def _ways(seen: Page) -> set[str]:
    """Give the paths of a list's pictures and of their members."""
    return {path for one in seen.articles for path in (f"/p/{one.id}", f"/m/{one.by}")}


def _forms_of(front: Page, member: Member) -> None:
    """Find all that a member can do on the front page."""
    linked(front, f"/m/{member.name}")
    form(front, "/logout")
    form(front, "/pictures", "picture", "caption")
    upload = front.tree.css_first('form[action="/pictures"]')
    if upload is None or upload.attributes.get("enctype") != "multipart/form-data":
        raise Violation("wrong-content", "the form for a picture sends its name alone: it is not multipart/form-data")
    for article in front.articles:
        form(front, f"/p/{article.id}/remarks", "words")
