"""Scripts: they can be run by hand, and shellcheck has nothing to say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.shellcheck import Shellcheck
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import first_line


@rule
def executable(source: LabSource) -> Iterator[Location]:
    """Every script is executable: an author tries it by hand."""
    for path in source.scripts:
        if not os.access(path, os.X_OK):
            yield Location(path, None, "a script that is not executable", f"chmod +x {path}")


@rule
def shebang(source: LabSource) -> Iterator[Location]:
    """Every script says in its first line who runs it."""
    for path in source.scripts:
        if not first_line(path).startswith("#!"):
            yield Location(path, 1, "a script that does not say who runs it", "write #!/bin/sh as the first line")


@rule
def shellcheck_clean(shellcheck: Shellcheck) -> Iterator[Location]:
    """Shellcheck finds nothing in any script (where it is installed)."""
    for one in shellcheck.complaints:
        mend = f"shellcheck {one.file}   shows the place and the right form"
        yield Location(Path(one.file), one.line, f"SC{one.code}: {one.message}", mend)
