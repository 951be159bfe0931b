"""A guess before an output, in a browser: by mouse, by keyboard, on paper, without scripts, and for every eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .conftest import grave

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
HOW = "courses/linux/processes/how/"
SAID = {
    "": ("Your guess", "Write down your guess, then open", "The output"),
    "ja/": ("予想", "予想を書いてから開く", "出力"),
}
STATES = "sleep 300 & sleeper=$!\nsh -c 'while :; do :; done' & busy=$!\n"


@pytest.mark.parametrize("lang", SAID)
def test_the_mouse_opens_an_output_and_the_guess_stays(page: Page, served: str, lang: str) -> None:
    label, closed, opened = SAID[lang]
    page.goto(served + lang + HOW)
    first = page.locator(".kikori-asked").first
    expect(first.locator("pre")).to_be_hidden()
    expect(first.locator("summary")).to_have_text(closed, use_inner_text=True)
    first.get_by_label(label).fill("S, R, T")
    first.locator("summary").click()
    expect(first.locator("pre")).to_contain_text("do_signal_stop")
    expect(first.locator("summary")).to_have_text(opened, use_inner_text=True)
    page.reload()
    expect(first.locator("pre")).to_be_hidden()
    assert first.get_by_label(label).input_value() == "S, R, T"
    assert page.locator(".kikori-asked").nth(1).get_by_label(label).input_value() == ""
    page.goto(served + lang + "courses/linux/files-and-descriptors/how/")
    assert set(page.eval_on_selector_all(".kikori-guess input", "all => all.map(one => one.value)")) == {""}


def test_every_output_has_a_guess_of_its_own(page: Page, served: str) -> None:
    page.goto(served + HOW)
    inputs = page.locator(".kikori-guess input")
    for number in range(inputs.count()):
        inputs.nth(number).fill(str(number))
    page.reload()
    assert [one.input_value() for one in inputs.all()] == [str(number) for number in range(inputs.count())]


def test_the_keyboard_opens_folds_and_says_so(page: Page, served: str) -> None:
    page.goto(served + HOW)
    page.locator(".kikori-command").nth(1).locator("button").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("R")
    first = page.locator(".kikori-asked").first
    page.keyboard.press("Enter")
    expect(first.locator("pre")).to_be_visible()
    expect(first.locator("summary")).to_be_focused()
    assert first.aria_snapshot().count("The output") == 1
    page.keyboard.press("Escape")
    expect(first.locator("pre")).to_be_hidden()
    expect(first.locator("input")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(first.locator("pre")).to_be_visible()


def test_the_enter_of_an_input_method_opens_nothing(page: Page, served: str) -> None:
    page.goto(f"{served}ja/{HOW}")
    field = page.locator(".kikori-guess input").first
    pressed = "one => one.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true}))"
    field.evaluate(pressed)
    expect(page.locator(".kikori-asked pre").first).to_be_hidden()
    field.evaluate(pressed.replace("true})", "false})"))
    expect(page.locator(".kikori-asked pre").first).to_be_visible()


def test_on_paper_every_output_is_open_and_folds_again(page: Page, served: str) -> None:
    page.goto(served + HOW)
    page.locator(".kikori-asked summary").nth(1).click()
    page.emulate_media(media="print")
    for output in page.locator(".kikori-asked").all():
        expect(output.locator("pre")).to_be_visible()
        expect(output.locator("input")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator(".kikori-folded[open]")).to_have_count(1)
    expect(page.locator(".kikori-asked pre").nth(1)).to_be_visible()


def test_without_scripts_every_output_is_there(chromium: Browser, served: str) -> None:
    window = chromium.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto(served + HOW)
    outputs = page.locator(".kikori-asked")
    assert outputs.count() > 5
    assert all(one.locator("pre").is_visible() for one in outputs.all())
    assert page.locator(".kikori-guess").count() == 0
    window.close()


def test_a_copy_is_the_command_alone(page: Page, served: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served + HOW)
    command = page.locator(".kikori-command").nth(1)
    assert command.locator("code").evaluate("one => getComputedStyle(one, '::before').content") == '"$" / ""'
    command.locator("button").click()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied.startswith(STATES)
    assert copied.rstrip().endswith("kill $busy")
    expect(page.locator(".kikori-printed button").first).to_be_hidden()


def test_without_a_lab_that_runs_there_is_nothing_to_run(page: Page, served: str) -> None:
    page.goto(served + HOW)
    assert page.locator(".kikori-run").count() == 0


@pytest.mark.parametrize("lang", SAID)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_lesson_with_its_outputs_open_keeps_nobody_out(page: Page, served: str, lang: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(served + lang + HOW)
    page.evaluate("document.querySelectorAll('.kikori-folded').forEach((one, at) => { one.open = at % 2; })")
    for scheme, name in (("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_selector(f"body[data-md-color-scheme={name}]")
        page.wait_for_timeout(400)  # colours fade over
        assert not grave(page), scheme
    assert page.evaluate("document.documentElement.scrollWidth") <= width
