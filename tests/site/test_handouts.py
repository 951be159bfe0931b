"""Cards, stories, the cast, and what instructors alone see: where they stand, and where they do not."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.errors import OurFault
from kikori.settings import Lang
from kikori.site.assembly import tree
from kikori.site.content import LANGS, Content, localized
from kikori.site.diagram_pictures import PLACE, diagrams, name_of
from kikori.site.handouts.slides import slides
from kikori.site.navigation import navigation

Read = Callable[[], Content]
FOLDER = "courses/knots/bowline"


def page(content: Content, name: str, lang: Lang = "en") -> str:
    return tree(content)[localized(name, lang)].decode()


def for_instructors(root: Path) -> Content:
    return Content(root / "docs", Catalog([root]), instructor=True)


@pytest.mark.parametrize("lang", LANGS)
def test_a_module_with_a_card_has_a_page_of_it_and_its_last_lesson_leads_there(
    read: Read, complete: Path, lang: Lang
) -> None:
    card = page(read(), f"{FOLDER}/card.md", lang)
    assert card.count("\n:   ") == 6
    assert "`find / -xdev" in card
    assert "(card.md)" in page(read(), f"{FOLDER}/why-again.md", lang)
    assert "(card.md)" not in page(read(), f"{FOLDER}/why.md", lang)
    named = str(navigation(read(), lang))
    assert f"{FOLDER}/card.md" in named
    assert "courses/knots/cards.md" in named


def test_a_module_without_a_card_has_no_page_of_it(read: Read) -> None:
    assert not [name for name in tree(read()) if "card" in name]
    assert "card" not in str(navigation(read(), "en"))
    assert "card.md" not in page(read(), f"{FOLDER}/why-again.md")


def test_all_cards_of_a_course_stand_on_one_page(
    read: Read, complete: Path, add_module: Callable[[str, int], Path]
) -> None:
    second = add_module("clove", 2)
    (second / "card.toml").write_text((complete / FOLDER / "card.toml").read_text())
    cards = page(read(), "courses/knots/cards.md")
    assert cards.count('<div class="kikori-card" markdown>') == 2
    assert cards.index("## Bowline") < cards.index("## Clove")


def test_a_card_that_is_too_long_is_named(read: Read, complete: Path) -> None:
    card = complete / FOLDER / "card.toml"
    card.write_text(card.read_text().replace("the holder", "the very long holder", 1))
    with pytest.raises(OurFault, match=r"card\.toml: .*520.*model\.en"):
        tree(read())


def test_the_last_lesson_tells_the_story_and_says_which_language_it_is_in(read: Read, complete: Path) -> None:
    english, japanese = (page(read(), f"{FOLDER}/why-again.md", lang) for lang in LANGS)
    assert "## It happened\n\n[A hitch that held](https://example.org/ashley)\n\nIt held for a day." in english
    assert "[解けなかった結び目](https://example.org/ashley)（英語）\n\n一日もった。" in japanese


def test_readings_in_the_readers_language_come_first_and_others_say_theirs(read: Read, complete: Path) -> None:
    english, japanese = (page(read(), f"{FOLDER}/why-again.md", lang) for lang in LANGS)
    assert re.findall(r"^- .+$", english, re.MULTILINE) == [
        "- [Knots, a book](https://example.org/en)",
        "- [Ropes, a book](https://example.org/ja) (in Japanese)",
    ]
    assert re.findall(r"^- .+$", japanese, re.MULTILINE) == [
        "- [縄の本](https://example.org/ja)",
        "- [結び方の本](https://example.org/en)（英語）",
    ]


def test_a_page_of_this_site_is_in_every_language(read: Read, complete: Path) -> None:
    file = complete / FOLDER / "module.toml"
    file.write_text(file.read_text().replace("https://example.org/en", "../bowline/why.md"))
    first = re.findall(r"^- .+$", page(read(), f"{FOLDER}/why-again.md", "ja"), re.MULTILINE)[0]
    assert first == "- [結び方の本](../bowline/why.md)"


@pytest.mark.parametrize(("lang", "said"), [("en", "Ties them. [Bowline]"), ("ja", "結ぶ人。[Bowline（日本語）]")])
def test_who_is_who_leads_to_the_modules(read: Read, complete: Path, lang: Lang, said: str) -> None:
    people = " ".join(page(read(), "courses/people.md", lang).split())
    assert f"{said}(knots/bowline/why.md)" in people
    assert "courses/people.md" in str(navigation(read(), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_what_instructors_see_is_there_for_them_alone(read: Read, complete: Path, lang: Lang) -> None:
    alone = {f"{FOLDER}/instructor", f"{FOLDER}/slides", "courses/knots/workshop", "courses/instructor"}
    shown, hidden = tree(for_instructors(complete)), tree(read())
    suffix = "" if lang == "en" else ".ja"
    assert {f"{name}{suffix}" for name in alone} == {
        name.rpartition(".")[0] for name in shown.keys() - hidden.keys() if (".ja." in name) == (lang == "ja")
    }
    told = [b"Listen for", b"Four hands", "聞きたいこと".encode()]
    assert not [name for name, text in hidden.items() if any(words in text for words in told)]
    there = str(navigation(for_instructors(complete), lang))
    assert all(f"{name}.md" in there for name in alone if "slides" not in name)
    assert not [name for name in alone if f"{name}.md" in str(navigation(read(), lang))]


def test_a_picture_that_only_instructors_see_is_in_no_other_site(read: Read, complete: Path) -> None:
    notes = complete / FOLDER / "instructor.md"
    drawn = "```mermaid\nflowchart LR\n  x --> y\n```\n"
    notes.write_text(notes.read_text() + f"\n{drawn}")
    (text,) = diagrams(drawn)
    place = f"{PLACE}/{name_of(text)}"
    file = complete / "docs" / place
    file.parent.mkdir(parents=True)
    file.write_text('<svg width="9" height="9"><desc>x to y</desc></svg>')
    assert place in tree(for_instructors(complete))
    assert place not in tree(read())


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "en",
            [
                "They tie it blind. Nobody looks.",
                "The sail was up. &quot;Who tied this?&quot; asked Rin. Then it came down.",
                "What holds a rope &lt;to&gt; itself?",
                "They glued it.",
            ],
        ),
        (
            "ja",
            [
                "見ずに結べる。誰も手元を見ない。",
                "帆が上がっていた。「誰が結んだのか。」とリンが言った。そして落ちた。",
                "縄は何によって&lt;自分に&gt;とまるのか。",
                "糊で付けていた。",
            ],
        ),
    ],
)
def test_slides_are_made_of_the_lesson_and_the_notes(complete: Path, lang: Lang, wanted: list[str]) -> None:
    content = for_instructors(complete)
    shown = slides(content.modules["knots/bowline"], content, lang)
    assert shown.count("<section") == 5
    places = [shown.index(words) for words in wanted]
    assert places == sorted(places)
    assert places[2] < shown.index("flowchart LR") < places[3]
    assert "More." not in shown
    assert not re.search(r'(?:src|href)="(?!data:)', shown), "one page by itself"


def test_a_long_scene_is_shortened_at_the_end_of_a_sentence(complete: Path) -> None:
    why = complete / FOLDER / "why.md"
    why.write_text(why.read_text().replace("Then [it]", f"{'It blew hard. ' * 40}Then [it]"))
    content = for_instructors(complete)
    shown = slides(content.modules["knots/bowline"], content, "en")
    assert "It blew hard.</p>" in shown
    assert shown.count("It blew hard.") < 40
    assert "came down" not in shown


def test_slides_hold_the_picture_of_the_diagram(complete: Path) -> None:
    (text,) = diagrams((complete / FOLDER / "why.md").read_text())
    file = complete / "docs" / PLACE / name_of(text)
    file.parent.mkdir(parents=True)
    file.write_text("<svg><desc>friction &amp; a rope</desc></svg>")
    content = for_instructors(complete)
    shown = slides(content.modules["knots/bowline"], content, "en")
    (data,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', shown)
    assert b64decode(data) == file.read_bytes()
    assert 'alt="friction &amp; a rope"' in shown


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_every_module_of_ours_has_five_slides(lang: Lang) -> None:
    from kikori import paths

    content = Content(paths.ROOT / "docs", Catalog([paths.ROOT]), instructor=True)
    few = [
        ref
        for ref, module in content.modules.items()
        if (shown := slides(module, content, lang)).count("<section") != 5 or 'src="data:' not in shown
    ]
    assert few == []


def test_the_built_site_has_nothing_of_it_and_the_instructors_has(site: Path, instructors_site: Path) -> None:
    def found(root: Path) -> set[str]:
        pages = {str(path.relative_to(root)) for path in (root / "courses").rglob("*.html")}
        pages |= {str(path.relative_to(root)) for path in (root / "ja" / "courses").rglob("*.html")}
        return {name for name in pages if re.search(r"/(instructor|workshop|slides)\b", name)}

    assert found(site) == set()
    assert "Listen for" not in (site / "search" / "search_index.json").read_text(encoding="utf-8")
    there = found(instructors_site)
    for start in ("", "ja/"):
        assert f"{start}courses/knots/bowline/slides.html" in there
        assert f"{start}courses/knots/bowline/instructor/index.html" in there
        assert f"{start}courses/slo/workshop/index.html" in there
        assert f"{start}courses/instructor/index.html" in there
    notes = (instructors_site / "courses/knots/bowline/instructor/index.html").read_text(encoding="utf-8")
    assert 'href="../slides.html"' in notes
    japanese = (instructors_site / "ja/courses/knots/bowline/slides.html").read_text(encoding="utf-8")
    assert "見ずに結べる。" in japanese
