"""One change that breaks one rule, and what lint must say to it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from kikori.content import Catalog
from kikori.lint import Finding, lint

LAB = "labs/first-look"
GRADER = "graders/first-look"


@dataclass
class Spoil:
    """Replace ``old`` with ``new`` in a file; without ``old`` write a new file, without ``new`` delete one."""

    rule: str
    file: str
    old: str | None
    new: str | None
    fix: str
    """What the fix must say."""
    at: str = ""
    """What stands on the line that is told; nothing: no line is told."""
    found_in: str = ""
    """Where it is found, when not in the file."""
    everywhere: bool = False
    also: str = ""
    """A rule that is broken with it."""

    def carry_out(self, root: Path) -> None:
        """Break the rule."""
        path = root / self.file
        if self.new is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif self.old is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.new, encoding="utf-8")
            path.chmod(0o755)
        else:
            text = path.read_text(encoding="utf-8")
            assert self.old in text, self.old
            path.write_text(text.replace(self.old, self.new, -1 if self.everywhere else 1), encoding="utf-8")


def look(root: Path, *names: str) -> tuple[Finding, ...]:
    """Every finding; shellcheck is left out."""
    return lint(Catalog([root]), names, tool=None).findings


def hold(root: Path, spoil: Spoil) -> Finding:
    """The rule is told, with its place and fix, and nothing else is."""
    assert look(root) == ()
    spoil.carry_out(root)
    found = look(root)
    assert sorted(one.rule for one in found) == sorted(filter(None, [spoil.rule, spoil.also])), found
    (one,) = (one for one in found if one.rule == spoil.rule)
    file = root / (spoil.found_in or spoil.file)
    assert one.file == str(file)
    assert spoil.fix in one.fix, one.fix
    if spoil.at:
        assert one.line is not None
        assert spoil.at in file.read_text(encoding="utf-8").splitlines()[one.line - 1]
    return one


def name(spoil: Spoil) -> str:
    """The test's name."""
    return f"{spoil.rule}-{(spoil.new or 'gone').strip()[:24]}"
