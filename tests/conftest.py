"""Every test has a learner, a state folder and a home of its own."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from xdist.scheduler import LoadScopeScheduling

import phases
from built import built_once
from drawn import has_its_turn, stands_on
from forked import Forked
from own_network import take_own_network
from terminal_user import Kikori

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

TOGETHER = ("desired-state", "test_plots")
"""What the names of tests hold that take turns: a machine can be in one swarm only, and plots are drawn once."""


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell lets what it starts in the background ignore Ctrl-C, and so would each program that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Turns(LoadScopeScheduling):
    """Tests side by side, one by one as they come free; those that share something take turns in one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return next((name for name in TOGETHER if name in nodeid), nodeid)


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let each phase read the files alone that can hold one of its tests."""
    pluginmanager.register(phases)  # it has an option of its own


def pytest_configure(config: pytest.Config) -> None:
    """Keep networks away from browsers."""
    if phases.is_of_browsers_alone(config.option.markexpr):
        take_own_network()


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Turns:
    """Who runs which test next. xdist's own ``loadgroup`` groups nothing under pytest 9.2."""
    return Turns(config, log)  # type: ignore[arg-type]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whoever looks at the built site waits half a minute for it; what takes minutes begins first.

    What says what it stands on is tried in each landing that touches that, and by lot in others.
    """
    out = [item for item in items if not _has_its_turn(item)]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if {"site", "instructors_site"} & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.slow)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are told apart by their number: an archive has the time in it, which two workers don't read at once."""
    return argname if isinstance(val, bytes) else None


def _has_its_turn(item: pytest.Item) -> bool:
    ground = stands_on(item.iter_markers())
    return ground is None or has_its_turn(item.nodeid, item.nodeid.partition("::")[0], *ground)


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep tests out of the real home; gives the folder that holds state and workspaces."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("KIKORI_WORKSPACES", str(tmp_path / "workspaces"))
    monkeypatch.setenv("KIKORI_LEARNER", "ada")
    monkeypatch.setenv("KIKORI_LANG", "en")
    monkeypatch.setenv("KIKORI_YES", "1")
    monkeypatch.setenv("KIKORI_CROWD", "0")  # tests themselves are a crowd
    for name in ("KIKORI_CONTENT", "KIKORI_COMMAND", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def forked() -> Iterator[Forked]:
    """Run commands in processes that are forked from one that has them loaded."""
    found = Forked()
    yield found
    found.close()


@pytest.fixture
def kikori(own_places: Path, forked: Forked) -> Kikori:
    """Run a command as a learner does, without a terminal."""

    def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return forked(words, stdin=stdin, cwd=own_places)

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built pages; built once in a run of all phases, whoever of the workers comes first."""
    from kikori.panel.site_build import build

    return built_once(tmp_path_factory, "html", build)


PATIENCE = 60_000
"""Milliseconds within which a page on a busy machine shows what it has to; no test waits longer than until it does."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's browser, without a screen."""
    from playwright.sync_api import expect, sync_playwright  # half a second, which most tests need not spend

    from kikori.browser import ensure_browser

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=BROWSER)
        yield browser
        browser.close()


@pytest.fixture
def errors() -> list[str]:
    """What went wrong in a page."""
    return []


@pytest.fixture
def expected_errors() -> list[str]:
    """What must go wrong in a test: expressions of messages, which a browser tells when it likes."""
    return []


def pytest_itemcollected(item: pytest.Item) -> None:
    """Open a page after all else, so that its window is closed before what serves it has ended."""
    if isinstance(item, pytest.Function):
        item.fixturenames.sort(key=lambda name: _opens_a_page(item, name))


def _opens_a_page(item: pytest.Function, fixture: str) -> bool:
    """Tell whether a fixture is the page or stands on it."""
    defined = item._fixtureinfo.name2fixturedefs.get(fixture, ())
    return fixture == "page" or any(
        _opens_a_page(item, name) for name in (defined[-1].argnames if defined else ()) if name != fixture
    )


@pytest.fixture
def page(chromium: Browser, errors: list[str], expected_errors: list[str]) -> Iterator[Page]:
    """A page in a window of its own, in which no error goes unseen that the test does not expect."""
    window = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    shown = window.new_page()
    shown.on("pageerror", lambda problem: errors.append(str(problem)))
    shown.on("console", lambda said: errors.append(said.text) if _is_error(said) else None)
    shown.set_default_timeout(PATIENCE)
    _bear_networks(shown)
    yield shown
    window.close()
    unexpected = [said for said in errors if not any(re.search(known, said) for known in expected_errors)]
    assert not unexpected, unexpected


NETWORK_CHANGED = ("ERR_NETWORK_CHANGED", "is interrupted by another navigation to")
"""What a browser says that gave up, and where it shows that or has begun again by itself."""
BROWSER = ("--no-sandbox", "--disable-auto-reload")
"""A page that could not be loaded stays so until a test asks again; a browser without windows knows no such word."""


def _bear_networks(page: Page) -> None:
    """Go to an address again when the browser gave up because a network of another test came or went."""
    from playwright.sync_api import Error

    once = page.goto

    def goto(url: str, **options: Any) -> object:
        until = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                return once(url, **options)
            except Error as problem:
                if time.monotonic() > until or not any(said in problem.message for said in NETWORK_CHANGED):
                    raise
            page.wait_for_timeout(200)  # what the browser has begun by itself goes first

    page.goto = goto  # type: ignore[method-assign,assignment]


def _is_error(said: ConsoleMessage) -> bool:
    """Whether the page is to blame; networks come and go with the scenes of other tests."""
    return said.type == "error" and "ERR_NETWORK_CHANGED" not in said.text
