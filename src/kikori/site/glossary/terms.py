"""docs/terms.toml: the words of the trade that the lessons use, in both languages, and where each is taught."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.content.strict_reader import read_toml
from kikori.model import Text
from kikori.model.record import Record
from kikori.settings import Lang

FILE = "terms.toml"
ModuleRef = Annotated[str, Meta(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
Kana = Annotated[str, Meta(pattern=r"^[ぁ-んー]+$")]
Form = Annotated[str, Meta(min_length=2)]


class OtherForms(Record):
    """How a term is written as well, by language."""

    en: tuple[Form, ...] = ()
    ja: tuple[Form, ...] = ()


class Term(Record):
    """A word of the trade, what it means in one sentence, and the module that teaches it."""

    en: Form
    ja: Form
    reading: Kana
    """The Japanese word in hiragana, for its place in the list."""
    says: Text
    taught: ModuleRef
    also: OtherForms = OtherForms()

    def name(self, lang: Lang) -> str:
        """Give the term as its language writes it."""
        return self.ja if lang == "ja" else self.en

    def forms(self, lang: Lang) -> tuple[str, ...]:
        """List every way in which the language writes it."""
        return self.name(lang), *(self.also.ja if lang == "ja" else self.also.en)

    def sorting(self, lang: Lang) -> str:
        """Give what the list of a language is sorted by."""
        return self.reading if lang == "ja" else self.en.casefold()


def read_terms(docs: Path) -> dict[str, Term]:
    """Read the terms by their ids; none where the folder has no list.

    Raises:
        OurFault: the file breaks the format.
    """
    file = docs / FILE
    return read_toml(file, dict[str, Term]) if file.is_file() else {}
