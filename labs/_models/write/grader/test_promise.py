"""Is the promise written down, and could anybody tell whether it is kept?"""

import re

import pytest

from kikori.grading import Scene, reasons

reason = reasons(__file__)

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
WORDS = 15
MEASURE = re.compile(r"\d")


def sections(scene: Scene) -> list[str]:
    """What stands below each second-level heading, comments left out."""
    return COMMENT.sub("", scene.text("promise.md")).split("\n## ")[1:]


def length(text: str) -> int:
    """How much is said, in English words; two Japanese characters count as one."""
    body = text.partition("\n")[2]
    return len(re.findall(r"[A-Za-z0-9']+", body)) + len(re.findall(r"[ぁ-ヿ一-鿿]", body)) // 2


@pytest.mark.guard
def test_page_has_both_headings(scene: Scene) -> None:
    """The page has its two sections.

    ja: ページには二つの節がある。
    """
    assert len(sections(scene)) == 2, reason("page-has-both-headings", count=len(sections(scene)))


def test_both_sections_are_written(scene: Scene) -> None:
    """Both sections say something.

    ja: どちらの節にも、何かが書かれている。
    """
    short = [text.partition("\n")[0] for text in sections(scene) if length(text) < WORDS]
    assert not short, reason("both-sections-are-written", short=short[0] if short else "", words=WORDS)


def test_a_measure_is_named(scene: Scene) -> None:
    """The second section names something that can be counted.

    ja: 二つ目の節に、数えられるものが書かれている。
    """
    second = "".join(sections(scene)[-1:])
    assert MEASURE.search(second), reason("a-measure-is-named")
