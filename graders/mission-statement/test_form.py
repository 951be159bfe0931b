"""Is the form filled in, and does each part of it say something of its own?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.filler import is_said_in, same_as_before
from filled_form.headings import renamed
from filled_form.reader import Line
from filled_form.rows import of_ones_own
from form import counted, is_ours, of, postcards, says
from words import LAB, LABELS, PARTS, SHAPE, label

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form

reason = reasons(__file__)

GIVEN = ("example.md", "example.ja.md", "requests.md", "requests.ja.md")
SENTENCE, OPPOSITE, SEEN = 5, 8, 4
"""The fewest words of a sentence, of the opposite, and of a thing that one would see."""
MOST, RULES, POSTCARD = 3, 2, 3
"""The most sentences of a mission, the fewest rules, and the things of the vision."""


@pytest.mark.guard
@pytest.mark.static
def test_given(scene: Scene) -> None:
    """The letters and the example in the workspace are as they were given.

    ja: 作業フォルダーの手紙と例は、渡されたままである。
    """
    for name in GIVEN:
        copy = scene.workspace / name
        same = copy.is_file() and not copy.is_symlink() and copy.read_bytes() == (LAB / "workspace" / name).read_bytes()
        assert same, reason("given", file=name)


@pytest.mark.static
def test_form(mission: Form) -> None:
    """All parts of the form are there and can be read.

    ja: 書式のすべての項目があり、読み取れる。
    """
    assert mission.tables["answers"], reason("no-rows", file=mission.file)
    line, head = next(of_ones_own(mission, SHAPE), (Line(0, ""), ""))
    assert not head, reason("own-row", line=line.number, seen=quoted(head))
    line, head = next(renamed(mission, SHAPE, LABELS), (Line(0, ""), ""))
    assert not head, reason("renamed", line=line.number, seen=quoted(head))


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_sentences(mission: Form) -> None:
    """Mission, opposite, rules and vision are there, each with words of its own.

    ja: ミッション、逆の文、目安、ビジョンに、それぞれ自分の言葉で書いた中身がある。
    """
    assert is_ours(mission.title), reason("whose", file=mission.file, seen=quoted(mission.title))
    sentences, rules, vision = of("M", mission), of("R", mission), postcards(mission)
    places = counted(mission)
    count, lines = sum(places.values()), ", ".join(f"{line} ({seen})" for line, seen in places.items())
    assert 1 <= count <= MOST, reason("how-many-sentences", seen=count, most=MOST, lines=lines)
    assert len(rules) >= RULES, reason("few-rules", seen=len(rules), least=RULES)
    for name, line in sentences:
        says(mission, line, name, SENTENCE)
    for name, line in rules:
        says(mission, line, name, SENTENCE, like_example=True)
    for line in vision:
        says(mission, line, label(PARTS["vision"]), SEEN)
    assert len(vision) == POSTCARD, reason("how-many-seen", seen=len(vision), wanted=POSTCARD)
    own = [*(line for _, line in (*sentences, *rules)), *vision, _opposite(mission)]
    same = same_as_before([line.text for line in own])
    assert same is None, reason("same", line=own[same or 0].number)


def _opposite(mission: Form) -> Line:
    """Give the opposite; fail where it says nothing, or is the mission."""
    text, name = mission.text("opposite"), label(PARTS["opposite"])
    first = next((line for line in mission.parts["opposite"] if line.text.strip()), None)
    assert first, reason("no-opposite")
    opposite = Line(first.number, text)
    says(mission, opposite, name, OPPOSITE)
    said = [line.text for _, line in of("M", mission)]
    assert not is_said_in(text, (*said, " ".join(said))), reason("opposite-same")
    return opposite
