"""Is the form filled in, and does each part of it say something of its own?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filled_form.blanks import NOBODY
from filled_form.filler import same_as_before
from form import of, postcards, says, sentences_in, title_of
from words import LAB, PARTS, label

from kikori.grading import Scene, reasons

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


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_sentences(mission: Form) -> None:
    """Mission, opposite, rules and vision are there, each with words of its own.

    ja: ミッション、逆の文、目安、ビジョンに、それぞれ自分の言葉で書いた中身がある。
    """
    assert title_of(mission) not in NOBODY, reason("no-title", file=mission.file)
    sentences, rules, vision = of("M", mission), of("R", mission), postcards(mission)
    count = sum(sentences_in(line.text) for _, line in sentences)
    assert 1 <= count <= MOST, reason("how-many-sentences", seen=count, most=MOST)
    assert len(rules) >= RULES, reason("few-rules", seen=len(rules), least=RULES)
    for name, line in sentences:
        says(line, name, SENTENCE)
    for name, line in rules:
        says(line, name, SENTENCE, like_example=True)
    for line in vision:
        says(line, label(PARTS["vision"]), SEEN)
    assert len(vision) == POSTCARD, reason("how-many-seen", seen=len(vision), wanted=POSTCARD)
    _opposite(mission)
    own = [*(line for _, line in (*sentences, *rules)), *vision]
    same = same_as_before([line.text for line in own])
    assert same is None, reason("same", line=own[same or 0].number)


def _opposite(mission: Form) -> None:
    text, name = mission.text("opposite"), label(PARTS["opposite"])
    first = next((line for line in mission.parts["opposite"] if line.text.strip()), None)
    assert first, reason("no-opposite")
    says(first._replace(text=text), name, OPPOSITE)
    said = [line.text for _, line in of("M", mission)]
    assert all(same_as_before([one, text]) is None for one in (*said, " ".join(said))), reason("opposite-same")
