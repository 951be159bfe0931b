"""The same scenario under Locust, for a class that outgrows one machine's generator.

``KIKORI_BENCH=tune-the-board KIKORI_TRUTH=truth.json locust -f …/kikori/bench/locustfile.py --host http://…``, with
``--master`` on one machine and ``--worker`` on the others. Each worker verifies the seed and what it wrote itself.
"""

from __future__ import annotations

import os
import time
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import msgspec
from gevent import Timeout  # type: ignore[import-untyped]
from gevent.pool import Pool  # type: ignore[import-untyped]
from locust import FastHttpUser, between, events, task
from locust.rpc import Message
from locust.runners import WORKER_REPORT_INTERVAL, MasterRunner, WorkerRunner
from urllib3.filepost import encode_multipart_formdata

from kikori.bench.scenario import scenario, table
from kikori.bench.users.browser import Browsers
from kikori.bench.users.http_client import PAGE_SECONDS, SIDE_BY_SIDE, UPLOAD_SECONDS, WAIT
from kikori.bench.users.user_pool import THINKING
from kikori.bench.users.user_session import Answer, Request, Violation
from kikori.content import Catalog

LAB = Catalog().lab(os.environ.get("KIKORI_BENCH", "tune-the-board"))
TABLE = table(LAB)
ACTION = "action"
"""The type under which Locust's statistics hold verified actions; breaches of rules are its failures."""


class Visitor(FastHttpUser):
    """One virtual user."""

    wait_time = between(0, THINKING)
    connection_timeout = PAGE_SECONDS
    network_timeout = UPLOAD_SECONDS
    _world: Any = None

    def on_start(self) -> None:
        """All users of a process share what it knows of the service; a visit's browsers have cookies of their own."""
        self.client.cookiejar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        if Visitor._world is None:
            truth = msgspec.json.decode(Path(os.environ["KIKORI_TRUTH"]).read_bytes())
            Visitor._world = scenario(LAB, truth, Random(), self._verified, alone=False)  # noqa: S311

    def _verified(self, action: str, seconds: float) -> None:
        self._tell(action, seconds, None)

    def _tell(self, name: str, seconds: float, problem: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type=ACTION,
            name=name,
            response_time=seconds * 1000,
            response_length=0,
            exception=problem,
            context={},
        )

    @task
    def session(self) -> None:
        """One visit; what the service does wrong is a failure under its rule's name."""
        _, session = Visitor._world.draw(Random())  # noqa: S311
        browsers = Browsers(Random())  # noqa: S311
        try:
            batch = next(session)
            while True:
                batch = session.send(self._fetch_all(batch, browsers))
        except StopIteration:
            return
        except Violation as problem:
            self._tell(problem.rule, 0.0, problem)

    def _fetch_all(self, batch: list[Request], browsers: Browsers) -> list[Answer]:
        if not batch:
            time.sleep(WAIT)  # Locust has made this gevent's
        return list(Pool(SIDE_BY_SIDE).map(lambda one: self._fetch(one, browsers), batch))

    def _fetch(self, request: Request, browsers: Browsers) -> Answer:
        browser = browsers[request.who]
        if kept := browser.at_hand(request):
            return kept
        body, kind = _body(request)
        began = time.monotonic()
        with self.client.request(
            request.method,
            request.path,
            name=request.endpoint,
            data=body,  # type: ignore[arg-type]  # bytes do as well
            headers=browser.headers(request) | kind,
            allow_redirects=False,
            catch_response=True,
        ) as response:
            if response.status_code and response.status_code < 500:
                response.success()
            headers = response.headers or {}
            cookies = headers.get_all("Set-Cookie", []) if hasattr(headers, "get_all") else []
            answer = Answer(response.status_code, headers, response.content or b"", time.monotonic() - began)
        return browser.receive(request, answer, cookies)


def _body(request: Request) -> tuple[bytes | None, dict[str, str]]:
    if request.files:
        files = [(name, (file.name, file.data, file.mime)) for name, file in request.files]
        data, kind = encode_multipart_formdata([*request.form, *files])
        return data, {"Content-Type": kind}
    if request.method == "POST":
        return urlencode(request.form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    return None, {}


@events.test_stopping.add_listener  # type: ignore[untyped-decorator]
def hear_the_last_of_each(environment: Any, **_: object) -> None:
    """Have every worker end its visits and report them: a master that quits gives them half a second for it."""
    master = environment.runner
    if isinstance(master, MasterRunner):
        for worker in master.clients.all:
            master.server.send_to_client(Message("stop", None, worker.id))  # type: ignore[no-untyped-call]
        with Timeout((environment.stop_timeout or 0) + WORKER_REPORT_INTERVAL, False):
            while master.user_count:
                time.sleep(WAIT)
        time.sleep(WORKER_REPORT_INTERVAL + WAIT)


@events.quitting.add_listener  # type: ignore[untyped-decorator]
def say_the_score(environment: Any, **_: object) -> None:
    """At the end: what the verified actions of all workers earned, and what was lost."""
    if isinstance(environment.runner, WorkerRunner):
        return
    entries = environment.stats.entries.values()
    actions = {one.name: one.num_requests - one.num_failures for one in entries if one.method == ACTION}
    breaches = {one.name: one.num_failures for one in entries if one.method == ACTION and one.num_failures}
    earned = sum(TABLE.actions[name].points * times for name, times in actions.items() if name in TABLE.actions)
    lost = sum(TABLE.rules[name].costs * times for name, times in breaches.items() if name in TABLE.rules)
    failing = [name for name in breaches if TABLE.rules[name].fails]
    for name, times in {**actions, **breaches}.items():
        print(f"{times} {name}")
    print(f"{environment.stats.total.num_requests - sum(actions.values()) - sum(breaches.values())} requests")
    print(f"score {max(0, earned - lost)}" if not failing else f"FAILED: {', '.join(failing)}")
