"""Users against a small real server: how many come, and what becomes of what goes wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from random import Random

import pytest
from aiohttp import web

from bench.test_score import TABLE
from kikori.bench.api import Request, UserSession, Violation
from kikori.bench.score import Score
from kikori.bench.users.http_client import http_client
from kikori.bench.users.load_sample import Sample, sampled
from kikori.bench.users.user_pool import FIRST, UserPool, one_session

pytestmark = pytest.mark.slow

Serve = Callable[[web.Request], Awaitable[web.Response]]


@asynccontextmanager
async def served(answer: Serve) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[union-attr]
    finally:
        await runner.cleanup()


async def in_turn(
    answer: Serve,
    seconds: float,
    draw: Callable[[Score], Callable[[Random], tuple[str, UserSession]]],
    step: float = 0.1,
) -> tuple[Score, int, str]:
    score = Score(TABLE)
    score.scoring = True
    async with served(answer) as base, http_client(base, score.heard) as one:
        crowd = UserPool(one, score, draw(score), Random(1))
        await crowd.run(seconds, step)
        users = len(crowd.tasks)
        await crowd.go_home(2)
    return score, users, crowd.limit


def looking(score: Score) -> Callable[[Random], tuple[str, UserSession]]:
    def look() -> UserSession:
        (answer,) = yield [Request("/")]
        if answer.status != 200:
            raise Violation("wrong", f"status {answer.status}")
        score.count("look", answer.seconds)

    return lambda rng: ("look", look())


def test_more_users_come_while_the_service_keeps_up() -> None:
    async def quick(_: web.Request) -> web.Response:
        await asyncio.sleep(0.05)  # it shares its core with the generator
        return web.Response(text="here")

    score, users, _ = asyncio.run(in_turn(quick, 1.5, looking))
    assert users > FIRST * 3
    assert score.actions["look"] == score.requests > 20
    assert not score.breaches


@pytest.mark.slow
def test_every_second_of_a_load_is_told() -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.05)
        return web.Response(text="here")

    async def watched(pulses: list[Sample]) -> None:
        score = Score(TABLE)
        score.scoring = True
        async with served(slow) as base, http_client(base, score.heard) as one:
            crowd = UserPool(one, score, looking(score), Random(1))
            async with sampled(score, crowd, 2.5, pulses.append):
                await crowd.run(2.5, step=0.5)
            users, requests = len(crowd.tasks), score.requests
            await crowd.go_home(2)
        first, second = pulses
        assert 0.9 < first.at < second.at < 2.5
        assert FIRST < first.users < second.users <= users
        assert 0 < first.requests + second.requests <= requests
        assert first.p95_ms >= 50
        assert first.errors == 0

    asyncio.run(watched([]))


def test_no_more_users_come_to_a_slow_service() -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(0.9)
        return web.Response(text="here")

    _, users, limit = asyncio.run(in_turn(slow, 1.5, looking))
    assert (users, limit) == (FIRST, "service")


def test_nor_to_one_that_errs() -> None:
    async def ill(_: web.Request) -> web.Response:
        return web.Response(status=500)

    score, users, limit = asyncio.run(in_turn(ill, 1.0, looking))
    assert (users, limit) == (FIRST, "service")
    assert score.breaches["wrong"] > 2
    assert score.causes[0].curl.startswith("curl -si http://127.0.0.1:")


def test_nor_when_the_generator_has_no_more_of_its_core(monkeypatch: pytest.MonkeyPatch) -> None:
    async def quick(_: web.Request) -> web.Response:
        return web.Response(text="here")

    monkeypatch.setattr("kikori.bench.users.user_pool.FULL", 0.0)
    _, users, limit = asyncio.run(in_turn(quick, 2.0, looking, step=0.3))
    assert (users, limit) == (FIRST, "generator")


def test_nor_when_all_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async def quick(_: web.Request) -> web.Response:
        return web.Response(text="here")

    monkeypatch.setattr("kikori.bench.users.user_pool.MOST", FIRST + 1)
    _, users, limit = asyncio.run(in_turn(quick, 2.0, looking, step=0.3))
    assert (users, limit) == (FIRST + 1, "users")


def test_a_mistake_of_the_scenario_itself_is_not_the_services() -> None:
    async def quick(_: web.Request) -> web.Response:
        return web.Response(text="here")

    def draw(_: Score) -> Callable[[Random], tuple[str, UserSession]]:
        def stumble() -> UserSession:
            yield [Request("/")]
            raise ZeroDivisionError("ours")

        return lambda rng: ("stumble", stumble())

    with pytest.raises(ZeroDivisionError, match="ours"):
        asyncio.run(in_turn(quick, 0.3, draw))


@pytest.mark.slow
def test_who_is_at_it_at_the_end_may_finish_and_no_longer_than_that() -> None:
    async def endless(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response(text="late")

    async def ended() -> float:
        score = Score(TABLE)
        async with served(endless) as base, http_client(base, score.heard) as one:
            crowd = UserPool(one, score, looking(score), Random(1))
            await crowd.run(0.1, step=0.1)
            began = time.monotonic()
            await crowd.go_home(0.3)
            return time.monotonic() - began

    assert asyncio.run(ended()) < 4.5


def test_assets_are_fetched_side_by_side_and_pages_of_several_people_by_their_own_cookies() -> None:
    together, most, cookies = 0, 0, []

    async def counting(request: web.Request) -> web.Response:
        nonlocal together, most
        together += 1
        most = max(most, together)
        await asyncio.sleep(0.05)
        together -= 1
        cookies.append(request.headers.get("Cookie", ""))
        answer = web.Response(text="here")
        answer.set_cookie("who", request.path.strip("/"))
        return answer

    def visit() -> UserSession:
        yield [Request(f"/{number}.png", asset=True, who=9) for number in range(12)]
        yield [Request("/a")]
        yield [Request("/b", who=1)]
        answers = yield [Request("/a"), Request("/b", who=1)]
        assert [answer.cookies["who"] for answer in answers] == ["a", "b"]
        answers = yield []
        assert answers == []

    async def one() -> None:
        score = Score(TABLE)
        async with served(counting) as base, http_client(base, score.heard) as to:
            await one_session(to, score, visit(), Random(1))

    asyncio.run(one())
    assert most == 6
    assert sorted(cookies[-2:]) == ["who=a", "who=b"]


def test_a_form_and_a_file_arrive_as_a_browser_sends_them() -> None:
    from kikori.bench.users.user_session import File

    got: list[object] = []

    async def post(request: web.Request) -> web.Response:
        form = await request.post()
        got.append(
            {
                name: value if isinstance(value, str) else (value.filename, value.content_type, value.file.read())
                for name, value in form.items()
            }
        )
        return web.Response(text="here")

    def visit() -> UserSession:
        yield [Request("/", "POST", (("words", "a & é"),))]
        yield [Request("/", "POST", (("caption", "線香"),), (("picture", File("a.png", "image/png", b"\x89PNG")),))]

    async def one() -> None:
        score = Score(TABLE)
        async with served(post) as base, http_client(base, score.heard) as to:
            await one_session(to, score, visit(), Random(1))

    asyncio.run(one())
    assert got == [{"words": "a & é"}, {"caption": "線香", "picture": ("a.png", "image/png", b"\x89PNG")}]
