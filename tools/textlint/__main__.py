"""Print what textlint finds: ``python -m tools.textlint [FILE…]``; without a file, all that people read."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.textlint.run import ROOT, findings, sources


def main() -> int:
    """Lint the files named, or all; 1 if anything was found."""
    named = [Path(name).resolve() for name in sys.argv[1:]]
    found = findings(named or sources(ROOT))
    print("\n".join(found) or "textlint found nothing.")
    return 1 if found else 0


sys.exit(main())
