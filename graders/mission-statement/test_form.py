"""Is the form filled in, and does each part of it say something of its own?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from filler import LAB, is_babble, is_copied, twins
from reading import label, length
from words import EMPTY, PARTS

from kikori.grading import Scene, reasons

if TYPE_CHECKING:
    from form import Form
    from reading import Line

reason = reasons(__file__)

GIVEN = ("example.md", "example.ja.md", "requests.md", "requests.ja.md")
SENTENCE, OPPOSITE, SEEN = 5, 8, 4
"""The fewest words of a sentence, of the opposite, and of a thing that one would see."""
MOST, RULES, POSTCARD = 3, 2, 3
"""The most sentences of a mission, the fewest rules, and the things of the vision."""
EXAMPLE = ("workspace/mission*.md", "workspace/example*.md", "task*.md")


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
    assert mission.answers, reason("no-rows", file=mission.file)


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_sentences(mission: Form) -> None:
    """Mission, opposite, rules and vision each say something of their own.

    ja: ミッション、逆の文、目安、ビジョンに、それぞれの中身がある。
    """
    assert mission.title.strip(" -–—?") not in EMPTY, reason("no-title", file=mission.file)
    sentences, rules = mission.of("M"), mission.of("R")
    assert 1 <= len(sentences) <= MOST, reason("how-many-sentences", seen=len(sentences), most=MOST)
    assert len(rules) >= RULES, reason("few-rules", seen=len(rules), least=RULES)
    for name, line in sentences:
        _says(line, name, SENTENCE, EXAMPLE)
    for name, line in rules:
        _says(line, name, SENTENCE)
    for line in mission.vision:
        _says(line, label(PARTS["vision"]), SEEN, EXAMPLE)
    assert len(mission.vision) >= POSTCARD, reason("few-seen", seen=len(mission.vision), least=POSTCARD)
    _opposite(mission)
    own = [*(line for _, line in (*sentences, *rules)), *mission.vision]
    same = twins([line.text for line in own])
    assert not same, reason("same", line=own[same[1] if same else 0].number)


def _says(line: Line, name: str, least: int, places: tuple[str, ...] = ()) -> None:
    """Fail where a sentence is too short, fills the place, or is one of the form's or the example's."""
    seen = length(line.text)
    assert seen >= least, reason("short", line=line.number, row=name, seen=seen, least=least)
    assert not is_babble(line.text), reason("babble", line=line.number, row=name)
    assert not is_copied(line.text), reason("copied", line=line.number, row=name)
    assert not places or not is_copied(line.text, *places), reason("akaris", line=line.number, row=name)


def _opposite(mission: Form) -> None:
    text, name = mission.text("opposite"), label(PARTS["opposite"])
    first = next((line for line in mission.parts["opposite"] if line.text.strip()), None)
    assert first, reason("no-opposite")
    _says(first._replace(text=text), name, OPPOSITE, EXAMPLE)
    assert not twins([text, " ".join(line.text for _, line in mission.of("M"))]), reason("opposite-same")
