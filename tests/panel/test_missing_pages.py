"""An address that leads nowhere is answered by a page, in its language, from which the site is searched."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("path", "told", "word", "lang"),
    [
        ("labs/no-such-lab/", "There is no such page", "timetable", ""),
        ("ja/labs/no-such-lab/", "ページがありません", "時刻表", "ja/"),
    ],
)
def test_a_search_from_a_page_that_is_not_there(
    served: Served, page: Page, expected_errors: list[str], path: str, told: str, word: str, lang: str
) -> None:
    expected_errors.append(r"status of 404")
    page.goto(served.url)
    page.goto(f"{served.base}/{path}")
    expect(page.locator("h1")).to_have_text(told)
    page.fill(".own-search input", word)
    page.press(".own-search input", "Enter")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert f"/{lang}" in page.url
    first = str(page.locator(".md-search-result__link").first.get_attribute("href"))
    assert ("/ja/" in first) == bool(lang)
