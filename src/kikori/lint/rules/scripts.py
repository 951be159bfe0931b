"""Scripts: they can be run by hand, and shellcheck has nothing to say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kikori.lint.finding import Spot
from kikori.lint.ground import Draft
from kikori.lint.rule import rule
from kikori.lint.shellcheck import Shellcheck
from kikori.lint.texts import first_line


@rule
def executable(draft: Draft) -> Iterator[Spot]:
    """Every script is executable: an author tries it by hand."""
    for path in draft.scripts:
        if not os.access(path, os.X_OK):
            yield Spot(path, None, "a script that is not executable", f"chmod +x {path}")


@rule
def shebang(draft: Draft) -> Iterator[Spot]:
    """Every script says in its first line who runs it."""
    for path in draft.scripts:
        if not first_line(path).startswith("#!"):
            yield Spot(path, 1, "a script that does not say who runs it", "write #!/bin/sh as the first line")


@rule
def shellcheck_clean(shellcheck: Shellcheck) -> Iterator[Spot]:
    """Shellcheck finds nothing in any script (where it is installed)."""
    for one in shellcheck.complaints:
        mend = f"shellcheck {one.file}   shows the place and the right form"
        yield Spot(Path(one.file), one.line, f"SC{one.code}: {one.message}", mend)
