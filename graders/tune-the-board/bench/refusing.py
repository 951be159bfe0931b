"""Visits that try what must not be possible."""

from __future__ import annotations

from kikori.bench.api import Answer, Request, UserSession, Violation

from . import paint
from .page import filled, page, there
from .writing import Writer


class Intruder(Writer):
    """What must be refused."""

    def refusals(self) -> list[object]:
        """One visit each."""
        return [
            self.wrong_password,
            self.banished_login,
            self.no_token,
            self.no_token_upload,
            self.token_of_another,
            self.stranger,
            self.regular,
            self.old_session,
        ]

    def try_one(self) -> UserSession:
        """One of them, by chance."""
        yield from self.rng.choice(self.refusals())()

    def _not_in(self, name: str, password: str) -> UserSession:
        form = yield from self.open("/login")
        request = Request("/login", "POST", (("name", name), ("password", password), ("token", form.token)))
        (answer,) = yield [request]
        if answer.status == 302 and answer.headers.get("Location", "").endswith("/login"):
            notice = yield from self.open("/login")
            if not notice.notice:
                raise Violation("wrong-content", "a refused login leaves no notice", request)
            self.count("refused", answer.seconds)
            return
        front = Request("/")
        (seen,) = yield [front]
        if page(seen, front).me:
            raise Violation("let-in", f"{name} was let in with a password that is not right", request)
        there(answer, 302, request, "/login")

    def wrong_password(self) -> UserSession:
        """A wrong password lets nobody in."""
        member = self.rng.choice(self.world.regulars)
        yield from self._not_in(member.name, member.password[::-1] + "x")

    def banished_login(self) -> UserSession:
        """Nobody who is banished gets in."""
        member = self.rng.choice(self.world.banished)
        yield from self._not_in(member.name, member.password)

    def no_token(self) -> UserSession:
        """A form of another site, without the token, does nothing."""
        member, target = self.rng.choice(self.world.regulars), self.world.popular(self.rng)
        yield from self.login(member)
        pairs = (("words", paint.words(self.rng)), ("token", f"{self.rng.randrange(16**8):08x}"))
        request = Request(f"/p/{target.id}/remarks", "POST", pairs)
        (answer,) = yield [request]
        self._refused(answer, 422, request, "without the right token")

    def no_token_upload(self) -> UserSession:
        """Nor does it put up a picture."""
        member = self.rng.choice(self.world.regulars)
        yield from self.login(member)
        _, file = paint.picture(self.rng, member)
        request = Request("/pictures", "POST", (("caption", "-"), ("token", "")), (("picture", file),))
        (answer,) = yield [request]
        self._refused(answer, 422, request, "without the right token")

    def token_of_another(self) -> UserSession:
        """Send a form with the token that somebody else was given."""
        member, target = self.rng.choice(self.world.regulars), self.world.popular(self.rng)
        yield from self.login(member)
        other = yield from self.open("/login", who=7)
        pairs = (("words", paint.words(self.rng)), ("token", other.token))
        request = Request(f"/p/{target.id}/remarks", "POST", pairs)
        (answer,) = yield [request]
        self._refused(answer, 422, request, "with the token of another visitor")

    def stranger(self) -> UserSession:
        """A visitor banishes nobody."""
        yield from self._cannot_moderate()

    def regular(self) -> UserSession:
        """Nor does a member who is no moderator."""
        yield from self.login(self.rng.choice(self.world.regulars))
        yield from self._cannot_moderate()

    def _cannot_moderate(self) -> UserSession:
        look = Request("/moderate")
        (answer,) = yield [look]
        self._refused(answer, 403, look, "without being a moderator")
        token = yield from self._token()
        victim = self.rng.choice(self.world.regulars)
        ban = Request("/moderate", "POST", (("member", str(victim.id)), ("token", token)))
        (answer,) = yield [ban]
        self._refused(answer, 403, ban, "without being a moderator")

    def _token(self) -> UserSession:
        request = Request("/login")
        (answer,) = yield [request]
        return "" if answer.status == 302 else page(answer, request).token

    def old_session(self) -> UserSession:
        """Who has logged out is out, with the old cookie too."""
        member = self.rng.choice(self.world.regulars)
        front = yield from self.login(member)
        (answer,) = yield [Request("/")]
        old = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        request = Request("/logout", "POST", filled(front, "/logout"))
        (answer,) = yield [request]
        there(answer, 302, request, "/")
        again = Request("/", who=5, cookie=old)
        (answer,) = yield [again]
        if page(answer, again).me:
            raise Violation("let-in", f"{member.name} has logged out and is still let in", again)
        self.count("refused", answer.seconds)

    def _refused(self, answer: Answer, status: int, request: Request, how: str) -> None:
        if answer.status in (200, 302):
            raise Violation("let-in", f"{request.method} {request.path} was accepted {how}", request)
        there(answer, status, request)
        self.count("refused", answer.seconds)
