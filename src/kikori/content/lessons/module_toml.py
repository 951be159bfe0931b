"""module.toml whole: the keys that the model knows, and what only pages show."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from kikori.model import Module, ModuleToml, Reading, Text
from kikori.model.record import Record
from kikori.settings import Lang

OUTSIDE = "https://"


class Recommended(Reading):
    """Something worth reading next, and the language that it is written in."""

    language: Lang = "en"
    """``en`` or ``ja``; a page of this site has both."""

    def is_foreign(self, lang: Lang) -> bool:
        """Say whether readers of a language meet the other one there."""
        return self.url.startswith(OUTSIDE) and self.language != lang


class Story(Record):
    """A true incident that somebody published, and that this module would have helped with."""

    url: Annotated[str, Meta(pattern=r"^https://.+")]
    title: Text
    """Who it happened to, and what."""
    shows: Text
    """What it shows, in two sentences."""
    language: Lang = "en"
    """The language of the report."""

    def is_foreign(self, lang: Lang) -> bool:
        """Say whether readers of a language meet the other one there."""
        return self.language != lang


class StoriedModule(ModuleToml):
    """module.toml, key by key, with what the foot of its last lesson shows."""

    read_next: tuple[Recommended, ...] = ()
    """Two or three things to read afterwards."""
    story: Story | None = None
    """A true story to read afterwards."""


def story_of(module: Module) -> Story | None:
    """Give the story of a module, where it has one."""
    return module.about.story if isinstance(module.about, StoriedModule) else None


def readings_of(module: Module, lang: Lang) -> tuple[Recommended, ...]:
    """Give what to read next: first what is in the reader's own language."""
    found = module.about.read_next if isinstance(module.about, StoriedModule) else ()
    return tuple(sorted(found, key=lambda one: one.is_foreign(lang)))
