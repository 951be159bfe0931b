"""The plots in the tree are what the labs' own data give, and can be read by anybody in either scheme."""

import re
from xml.etree import ElementTree

import pytest

from kikori import paths
from kikori.site.drawing import Panel, Scale
from tools.plots.data import burn_rate, first_slo, night
from tools.plots.gallery import PLOTS, wanted

pytestmark = pytest.mark.slow

LIGHT = 40_000
"""Bytes that a plot may take."""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    """Every plot, drawn anew."""
    return wanted()


def test_the_plots_in_the_tree_are_what_the_labs_data_give(drawn: dict[str, str]) -> None:
    stale = [name for name, text in drawn.items() if (paths.ROOT / name).read_text(encoding="utf-8") != text]
    assert not stale, f"draw them anew: python -m tools.plots; {stale}"


def test_every_plot_is_shown_in_both_languages() -> None:
    for place in PLOTS:
        folder, _, name = place.rpartition("/")
        for lang in (".md", ".ja.md"):
            # a lab's folder is read as it is, and a lesson's picture in its language is the site's to choose
            file = name + (lang.replace(".md", ".svg") if folder.startswith("labs/") else ".svg")
            pages = [page for page in (paths.ROOT / folder).glob(f"*{lang}") if lang != ".md" or ".ja" not in page.name]
            shown = [
                alt
                for page in pages
                for alt in re.findall(rf"!\[(.+?)\]\({re.escape(file)}\)", page.read_text("utf-8"))
            ]
            assert shown, f"no page of {folder} shows {file} in {lang}"


def test_each_is_light_and_tells_in_words_what_it_shows(drawn: dict[str, str]) -> None:
    for name, text in drawn.items():
        assert len(text.encode()) < LIGHT, name
        svg = ElementTree.fromstring(text)  # noqa: S314  # our own
        told = [(svg.findtext(f"{SVG}{tag}") or "").strip() for tag in ("title", "desc")]
        assert all(told), name
        assert svg.get("role") == "img"


def test_each_has_colours_for_both_schemes_and_no_others(drawn: dict[str, str]) -> None:
    for name, text in drawn.items():
        style = text[text.index("<style>") : text.index("</style>")]
        light, _, dark = style.partition("prefers-color-scheme:dark")
        names = [set(re.findall(r"(--[a-z]+):#", half)) for half in (light, dark)]
        assert names[0] == names[1], name
        assert set(re.findall(r"var\((--[a-z]+)\)", style)) == names[0]
        assert "#" not in text.partition("</style>")[2]


def test_nothing_is_drawn_outside_of_the_paper(drawn: dict[str, str]) -> None:
    for name, text in drawn.items():
        svg = ElementTree.fromstring(text)  # noqa: S314  # our own
        width, height = (float(svg.get(side) or 0) for side in ("width", "height"))
        for one in svg.iter(f"{SVG}text"):
            assert 0 <= float(one.get("x") or 0) <= width, name
            assert 0 <= float(one.get("y") or 0) <= height, name


def test_a_scale_goes_from_end_to_end_and_no_further() -> None:
    even, log = Scale(0, 10, 100, 200), Scale(0.1, 1000, 0, 400, log=True)
    assert [even.at(value) for value in (-1, 0, 5, 10, 11)] == [100, 100, 150, 200, 200]
    assert [round(log.at(value)) for value in (0, 0.1, 1, 10, 1000)] == [0, 0, 100, 200, 400]


def test_a_line_and_what_lies_under_it_are_paths_of_the_same_points() -> None:
    panel = Panel(Scale(0, 10, 0, 100), Scale(0, 1, 50, 0))
    assert 'd="M0 50L100 0"' in panel.line([(0, 0), (10, 1)], "a")
    assert 'd="M0 50L100 0V50H0z"' in panel.area([(0, 0), (10, 1)], "a")


def test_the_long_shallow_trouble_costs_more_than_the_outage() -> None:
    """What the lesson says of the plot."""
    month = first_slo()
    cost = {one.kind: month.spent(one.begin, one.end) for one in month.troubles}
    assert cost["shed"] > 2 * cost["outage"]
    assert sum(cost.values()) < month.spent(0, 30 * 1440) < 1


def test_a_window_s_burn_rate_is_its_share_of_failures_over_what_may_fail() -> None:
    month = burn_rate()
    outage = next(one for one in month.troubles if one.kind == "outage")
    assert month.burn(outage.end, 5) == pytest.approx(950, rel=0.05)
    assert month.burn(outage.end, 60) == pytest.approx(950 * (outage.end - outage.begin) / 60, rel=0.1)


def test_one_night_is_busy_and_the_other_hurts() -> None:
    busy, hurts = night("batch"), night("dependency")
    assert max(one.cpu for one in busy) > 0.9
    assert max(one.failing for one in busy) < 0.01
    assert max(one.cpu for one in hurts) < 0.3
    assert max(one.failing for one in hurts) > 0.85
