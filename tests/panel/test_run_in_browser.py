"""A lesson's command put into the lab's terminal: by the page as pasted text, and run by nobody but the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from terminal_user import Kikori

from ..site.conftest import grave
from .conftest import PATIENCE, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.docker]
LESSON = {"en": "/courses/linux/processes/how/", "ja": "/ja/courses/linux/processes/how/"}
READY = {"en": "Enter runs it", "ja": "Enter キーで実行します"}
BUSY = "Something is running in the terminal"


def trail(page: Page) -> list[str]:
    """What the learner ran, as the attempt knows it."""
    return [str(one) for one in page.locator(".trail li").all_text_contents()]


def button(page: Page, text: str) -> str:
    return f".kikori-command:has-text('{text}') .kikori-run"


@pytest.mark.parametrize("lang", LESSON)
def test_a_command_goes_into_the_terminal_and_waits_for_enter(
    lang: str, served: Served, page: Page, kikori: Kikori
) -> None:
    page.goto(served.url)
    page.goto(served.base + LESSON[lang])
    page.wait_for_selector(".kikori-panel[data-stage=none]", timeout=PATIENCE)
    run = page.locator(button(page, "sleeper=$!"))
    expect(run).to_be_hidden()
    kikori("start", "silent-process")
    expect(run).to_be_visible(timeout=PATIENCE)
    assert page.locator(button(page, "docker run")).count() == 0
    run.focus()
    page.keyboard.press("Enter")
    rows = page.locator(".docked .screen:not([hidden]) .xterm-rows")
    expect(page.locator(".dock [role=status]")).to_contain_text(READY[lang])
    expect(rows).to_contain_text("kill $busy")
    assert "hrtimer" not in rows.inner_text()
    assert trail(page) == []
    page.keyboard.press("Enter")
    expect(rows).to_contain_text("do_signal_stop")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".dock button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(run).to_be_focused()
    assert page.locator(".docked").count() == 0
    kikori("stop")
    expect(run).to_be_hidden(timeout=PATIENCE)


def test_a_command_takes_the_place_of_one_not_run_and_waits_for_a_busy_shell(
    served: Served, page: Page, kikori: Kikori
) -> None:
    kikori("start", "silent-process")
    page.goto(served.url)
    page.goto(served.base + LESSON["en"])
    first, second = page.locator(button(page, "sleeper=$!")), page.locator(button(page, "strace -P /etc/hostname"))
    first.click(timeout=PATIENCE)
    told = page.locator(".dock [role=status]")
    expect(told).to_contain_text(READY["en"])
    second.click()
    expect(told).to_contain_text(READY["en"])
    page.keyboard.press("Enter")
    rows = page.locator(".screen:not([hidden]) .xterm-rows")
    expect(rows).to_contain_text("exited with 0")
    assert "do_signal_stop" not in rows.inner_text()
    page.keyboard.type("sleep 60\n")
    page.wait_for_timeout(500)
    second.click()
    expect(told).to_contain_text(BUSY)
    kikori("stop")


def test_a_debriefs_transcript_is_folded_copied_and_run_where_it_was_typed(
    served: Served, page: Page, kikori: Kikori
) -> None:
    kikori("start", "first-look")
    kikori("break", "--fault", "missing-page")
    kikori("debrief", "--give-up")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served.url)
    page.goto(f"{served.base}/labs/first-look/")
    page.wait_for_selector(".workbench[data-stage=broken]", timeout=PATIENCE)
    page.click("[data-tab=debrief]")
    command = page.locator(".debrief .kikori-command").first
    expect(command.locator("code")).to_have_text("curl -s -o /dev/null -w '%{http_code}\\n' http://127.0.0.1/")
    output = page.locator(".debrief .kikori-asked").first
    expect(output.locator("pre")).to_be_hidden()
    output.get_by_label("Your guess").fill("404")
    page.keyboard.press("Enter")
    expect(output.locator("pre")).to_have_text("403")
    command.locator(".md-code__button").click()
    assert str(page.evaluate("navigator.clipboard.readText()")) == command.locator("code").inner_text()
    command.locator(".kikori-run").click()
    expect(page.locator(".dock [role=status]")).to_contain_text(READY["en"])
    expect(page.locator(".tabs [data-place=web]")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".trail li")).to_have_count(1)
    assert "http_code" in trail(page)[0]
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_selector(".md-dialog--active", state="detached")  # "copied" fades away
    page.wait_for_timeout(600)  # the page hears of its new width at its next drawing
    assert not grave(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    kikori("stop")


def test_nothing_in_a_command_can_press_enter(served: Served, page: Page, kikori: Kikori) -> None:
    page.goto(served.url)
    page.goto(f"{served.base}/labs/first-look/")
    said = page.evaluate("""async () => {
      const {commandOf} = await import("/-/static/run.js");
      const block = document.createElement("div");
      block.innerHTML = "<pre><code></code></pre>";
      block.querySelector("code").textContent = "a\\x1b[201~\\r\\x03b\\u009b\\n\\tc木\\n";
      return commandOf(block);
    }""")
    assert said == "a[201~b\n\tc木"
