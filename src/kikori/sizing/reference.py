"""The tables of labs/sizes.toml in docs/instructor.md and its Japanese page: ``python -m kikori.sizing.reference``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kikori import paths
from kikori.bilingual import LANGUAGES, texts
from kikori.settings import Lang
from kikori.sizing.computer import Computer
from kikori.sizing.fit import fit
from kikori.sizing.sizes import Sizes, sizes_of

WORDS = Path(__file__).with_name("words.toml")
TABLE = re.compile(r"(?<=<!-- sizes -->\n).*?(?=<!-- /sizes -->)", re.DOTALL)
"""Where a page has it."""
PLENTY = 10**7
EXAMPLES = ((4, 16), (8, 32), (16, 64))
"""Processors and GB of computers that a class may have, with disk and networks enough."""
PAGES: dict[Lang, str] = {"en": "instructor.md", "ja": "instructor.ja.md"}


def table(sizes: Sizes, lang: Lang) -> str:
    """Write what each lab takes, and how many learners some computers carry, as Markdown."""
    said = texts(WORDS, lang)
    titles = [said[name] for name in ("lab", "containers", "networks", "rest", "idle", "check", "spent")]
    titles += [said["images"], said["written"]]
    titles += [said["carried"].format(processors=processors, memory=memory) for processors, memory in EXAMPLES]
    rows = [titles, ["---", *["--:"] * (len(titles) - 1)], *_rows(sizes)]
    days = sorted(row.day for row in sizes.labs.values())
    engines = ", ".join(sorted({row.docker for row in sizes.labs.values()}))
    foot = said["shared"].format(
        images=sizes.images, learner=sizes.learner, first=days[0], last=days[-1], docker=engines
    )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + f"\n\n{foot}"


def _rows(sizes: Sizes) -> Iterator[list[str]]:
    for name, row in sorted(sizes.labs.items()):
        told = (row.containers, row.networks, row.memory, row.processor, row.check.memory, row.check.processor)
        yield [f"`{name}`", *map(str, (*told, row.images, row.written)), *_carried(name, sizes)]


def _carried(lab: str, sizes: Sizes) -> Iterable[str]:
    for processors, gigabytes in EXAMPLES:
        one = Computer(processors=processors, memory=gigabytes * 1024, disk=PLENTY, networks=PLENTY)
        yield str(fit(lab, sizes, one, 1).most)


def page_with(text: str, sizes: Sizes, lang: Lang) -> str:
    """Give a page with its table as it should be."""
    return TABLE.sub(lambda _: f"{table(sizes, lang)}\n", text)


def write_pages() -> None:
    """Write the tables into the pages."""
    for lang in LANGUAGES:
        page = paths.ROOT / "docs" / PAGES[lang]
        page.write_text(page_with(page.read_text(encoding="utf-8"), sizes_of(paths.ROOT), lang), encoding="utf-8")


if __name__ == "__main__":
    write_pages()
