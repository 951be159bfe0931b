"""``python3 -m engawa PROFILE --truth FILE [--datadir FOLDER]``: without a folder only the truth is made."""

import argparse
import sys
import time
from pathlib import Path

from engawa.making import Data, make
from engawa.plan import PROFILES


def main() -> None:
    """Make a profile."""
    parser = argparse.ArgumentParser(prog="engawa", description="Makes the data of the picture board.")
    parser.add_argument("profile", choices=PROFILES)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--datadir", type=Path)
    asked = parser.parse_args()
    began = time.monotonic()
    data = Data(PROFILES[asked.profile])
    if asked.datadir:
        make(data, asked.datadir)
    else:
        data.draw()
    asked.truth.write_text(data.truth(), encoding="utf-8")
    print(f"{asked.profile}: made in {time.monotonic() - began:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
