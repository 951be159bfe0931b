"""Whoever is not answered is shown a page: why, and how to go on, in both languages, and nothing of what is behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kikori.web import Address

from .served import served

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
OPEN = ("Open the address that the command printed", "コマンドが表示したアドレスを開いてください")


def inside(request: Request) -> Response:
    return PlainTextResponse(f"inside {request.query_params.get('q', '')}")


@pytest.fixture(scope="module", params=[True, False], ids=["searchable", "not-searchable"])
def at(request: pytest.FixtureRequest) -> Iterator[Address]:
    with served(Starlette(routes=[Route("/{path:path}", inside)]), search=request.param) as found:
        yield found


def ask(at: Address, path: str = "/", **headers: str) -> requests.Response:
    return requests.get(f"http://127.0.0.1:{at.port}{path}", headers=BROWSER | headers, timeout=10)


def test_a_browser_gets_a_page_in_both_languages_its_own_first(at: Address) -> None:
    for lang, wanted in (("en-GB,en;q=0.9", OPEN), ("ja,en;q=0.5", OPEN[::-1])):
        answer = ask(at, **{"Accept-Language": lang})
        assert (answer.status_code, answer.headers["content-type"]) == (403, "text/html; charset=utf-8")
        first, second = (answer.text.index(sentence) for sentence in wanted)
        assert first < second
        assert f'<html lang="{lang[:2]}">' in answer.text
        assert at.token not in answer.text


def test_a_program_gets_a_line(at: Address) -> None:
    answer = ask(at, Accept="*/*")
    assert (answer.status_code, answer.text.count("\n"), "<" in answer.text) == (403, 1, False)


def test_a_strangers_name_gets_no_form_and_no_markup_of_theirs(at: Address) -> None:
    answer = ask(at, "/<script>", Host="evil.example")
    assert (answer.status_code, "<form" in answer.text, "<script" in answer.text) == (403, False, False)


def test_whoever_is_known_may_search_where_there_is_a_search(at: Address, request: pytest.FixtureRequest) -> None:
    answer = ask(at, "/%00", Cookie=f"kikori-{at.port}={at.token}")
    assert answer.status_code == 403
    assert ('name="q"' in answer.text) == ("not-searchable" not in request.node.name)
    assert 'name="token"' not in answer.text


@pytest.mark.browser
def test_the_token_that_is_typed_in_opens_the_pages(at: Address, page: Page, expected_errors: list[str]) -> None:
    expected_errors.append(r"status of 403")
    page.goto(f"http://127.0.0.1:{at.port}/")
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", "its own style is let in"
    page.fill("#token-en", at.token)
    page.press("#token-en", "Enter")
    page.wait_for_url(f"http://127.0.0.1:{at.port}/")
    assert page.inner_text("body").startswith("inside")
