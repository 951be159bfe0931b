"""How somebody goes through the page of a lab: by mouse, or by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from .conftest import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHIFTS = """new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (one.hadRecentInput) return;
  window.shifted = (window.shifted ?? 0) + one.value;
  const moved = one.sources.map(({ node, previousRect: from, currentRect: to }) =>
    `${node?.className || node?.nodeName} from ${from.x},${from.y} to ${to.x},${to.y}`);
  (window.moved ??= []).push(`${one.value.toFixed(4)} at ${one.startTime.toFixed()} ms: ${moved.join("; ")}`);
})).observe({ type: "layout-shift", buffered: true })"""
"""Add up what moves by itself (Layout Instability, section 3)."""
MOST_SHIFT = 0.02
"""What may move by itself in all, as the observer counts it: below what anybody sees."""
MOST_TABS = 60
"""How often somebody presses the Tab key before giving up."""


def stays_in_place(page: Page) -> None:
    """Hold that next to nothing has moved by itself; what did is named."""
    assert (page.evaluate("window.shifted") or 0) < MOST_SHIFT, "\n".join(page.evaluate("window.moved"))


def stage(page: Page, name: str) -> None:
    """Wait until the panel shows a stage."""
    page.wait_for_selector(f".kikori-panel[data-stage={name}]", timeout=PATIENCE)


def ready(page: Page) -> None:
    """Wait until nothing is under way."""
    page.wait_for_selector(".workbench .next:not([aria-disabled=true])", timeout=PATIENCE)


class Mouse:
    """Clicks."""

    SIZE: ClassVar = {"width": 1280, "height": 800}

    def __init__(self, page: Page) -> None:
        self.page = page

    def lead(self, name: str) -> None:
        """Press the one button that leads on, once it leads there."""
        self.page.click(f".workbench .next[data-do={name}]:not([aria-disabled=true])", timeout=PATIENCE)

    def choose(self, name: str) -> None:
        """Take a command from the menu."""
        ready(self.page)
        self.page.click(".workbench .more")
        self.page.click(f".workbench .menu [data-do={name}]")

    def tab(self, name: str) -> None:
        """Open a tab."""
        self.page.click(f".workbench .tabs [data-tab={name}]")

    def press(self, selector: str) -> None:
        """Press a button."""
        self.page.click(selector, timeout=PATIENCE)

    def into(self, selector: str) -> None:
        """Go into a field."""
        self.page.click(selector)

    def fill(self, selector: str, text: str) -> None:
        """Write into a field what it is to hold."""
        self.into(selector)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def pick(self, selector: str, value: str) -> None:
        """Choose of a list."""
        self.page.select_option(selector, value)

    def place(self, name: str) -> None:
        """Open the terminal of a place."""
        self.press(f".terminal [data-place={name}]")

    def cite(self, field: str, command: str) -> None:
        """Cite a command in a field."""
        self.into(field)
        self.press(command)

    def terminal(self) -> None:
        """Go into the terminal."""
        if self.page.locator(".workbench [data-tab=terminal]").is_visible():
            self.tab("terminal")
        self.page.wait_for_selector(".screen:not([hidden]) .xterm-rows", timeout=PATIENCE)
        self.page.click(".screen:not([hidden])")


class Keys(Mouse):
    """Presses keys, and has no mouse: each place is reached by Tab, arrows and F6."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.mouse.click = None  # type: ignore[method-assign,assignment]

    def _until(self, there: Callable[[], bool], key: str) -> None:
        for _ in range(MOST_TABS):
            if there():
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead there from {self.page.evaluate('document.activeElement.outerHTML')}")

    def _is(self, selector: str) -> bool:
        return bool(self.page.evaluate("name => document.activeElement.matches(name)", selector))

    def _leave(self) -> None:
        if self.page.evaluate("Boolean(document.activeElement.closest('.screens'))"):
            self.page.keyboard.press("F6")

    def into(self, selector: str) -> None:
        """Go there with the Tab key, forwards and, past the end, backwards."""
        self._leave()
        self.page.wait_for_selector(selector, timeout=PATIENCE)
        back = self.page.evaluate(
            "name => Boolean(document.querySelector(name).compareDocumentPosition(document.activeElement) & 4)",
            selector,
        )
        self._until(lambda: self._is(selector), "Shift+Tab" if back else "Tab")

    def press(self, selector: str) -> None:
        """Go there, and press Enter."""
        self.into(selector)
        self.page.keyboard.press("Enter")

    def lead(self, name: str) -> None:
        """Press the one button that leads on, once it leads there."""
        self.page.wait_for_selector(f".workbench .next[data-do={name}]:not([aria-disabled=true])", timeout=PATIENCE)
        self.press(".workbench .next")

    def choose(self, name: str) -> None:
        """Take a command from the menu."""
        ready(self.page)
        self.press(".workbench .more")
        self._until(lambda: self._is(f".menu [data-do={name}]"), "ArrowDown")
        self.page.keyboard.press("Enter")

    def tab(self, name: str) -> None:
        """Go to the tabs, and from there with the arrows."""
        self.into(".workbench .left [role=tab][aria-selected=true]")
        self._until(lambda: self._is(f".workbench .left [data-tab={name}]"), "ArrowRight")

    def pick(self, selector: str, value: str) -> None:
        """Choose of a list by its first letters."""
        self.into(selector)
        self.page.keyboard.type(value)

    def place(self, name: str) -> None:
        """Go to the places, and from there with the arrows."""
        self.into(".terminal [role=tab][aria-selected=true]")
        self._until(lambda: self._is(f".terminal [data-place={name}]"), "ArrowRight")

    def cite(self, field: str, command: str) -> None:
        """Cite a command in a field; the key goes past the other fields."""
        self.into(field)
        self.page.keyboard.press("F6")
        self.press(command)

    def terminal(self) -> None:
        """Go into the terminal by its key."""
        self.page.keyboard.press("F6")
        self.page.wait_for_selector(".screen:not([hidden]) .xterm-rows", timeout=PATIENCE)
        self.page.wait_for_function("document.activeElement.closest('.screens')", timeout=PATIENCE)


class Phone(Mouse):
    """Taps on a small page."""

    SIZE: ClassVar = {"width": 390, "height": 844}
