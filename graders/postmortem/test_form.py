"""Is the form filled in, and is the recording as it was?"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from filler import is_babble, is_copied, repeats, twins
from form import label, length
from later import is_later
from words import PARTS, PROSE

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from form import Form
    from night import Night

reason = reasons(__file__)

CAUSES, WORDS = 2, 5


@pytest.mark.guard
@pytest.mark.static
def test_recording(scene: Scene, night: Night) -> None:
    """The recording in the workspace is as it was recorded.

    ja: 作業フォルダーの記録は、記録されたままである。
    """
    here = scene.workspace / "recording"
    for file in sorted(night.folder.iterdir()):
        copy = here / file.name
        same = copy.is_file() and not copy.is_symlink() and copy.read_bytes() == file.read_bytes()
        assert same, reason("recording", file=file.name)


@pytest.mark.static
def test_form(postmortem: Form) -> None:
    """All parts of the form are there and can be read.

    ja: 書式のすべての項目があり、読み取れる。
    """
    assert postmortem.tables["actions"], reason("no-rows", file=postmortem.file)


@pytest.mark.static
@pytest.mark.needs("test_form")
def test_prose(postmortem: Form) -> None:
    """Each part in prose says something.

    ja: 文章で書く項目に、どれも中身がある。
    """
    for part, least in PROSE.items():
        seen = postmortem.words(part)
        heading = label(PARTS[part])
        assert seen >= least, reason("short", heading=heading, seen=seen, least=least)
    assert length(postmortem.title), reason("no-title", file=postmortem.file)
    _says_its_own(postmortem)
    causes = postmortem.items("causes")
    assert len(causes) >= CAUSES, reason("few-causes", seen=len(causes), least=CAUSES)
    for item in causes:
        assert not is_later(item.text), reason("later", line=item.number, seen=quoted(item.text))
        assert length(item.text) >= WORDS, reason("short-cause", line=item.number, least=WORDS)
        assert not is_babble(item.text), reason("babble-line", line=item.number)
        assert not is_copied(item.text), reason("row-copied", line=item.number)
    same = twins([item.text for item in causes], in_any_order=True)
    assert not same, reason("same-cause", line=causes[same[1] if same else 0].number)


def _says_its_own(postmortem: Form) -> None:
    """Fail where a part in prose repeats itself, another one, or the form."""
    texts = {part: "\n".join(line.text for line in postmortem.parts[part]) for part in PROSE}
    for part, text in texts.items():
        assert not is_babble(text), reason("babble", heading=label(PARTS[part]))
        assert not is_copied(text), reason("copied", heading=label(PARTS[part]))
        assert not is_later(text), reason("later-part", heading=label(PARTS[part]))
    told = {part: "\n".join(item.text for item in postmortem.items(part)) for part in (*PROSE, "causes")}
    for part, other in permutations(told, 2):
        is_same = part in PROSE and (twins([told[part], told[other]]) or _is_made_of(part, told[part], told[other]))
        assert not is_same, reason("same-part", headings=[label(PARTS[one]) for one in (other, part)])


def _is_made_of(part: str, text: str, other: str) -> bool:
    """Whether a part has half of its sentences from another one; a summary sums up what the others say."""
    return part != "summary" and repeats(text, other)
