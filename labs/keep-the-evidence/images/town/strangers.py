"""Tries in vain: somebody whom nobody knows, and root with a key that stands in no list, thrice each.

A few in a row are what customers do who have mistyped, and no reason to shut out who shares the address.
"""

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tries import session

THRICE = 3


def main():
    """Try with a fresh key, as a user of that name and as root."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        key = Path(folder) / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        users = [sys.argv[1], "root"] * THRICE
        list(pool.map(lambda user: session(str(key), user, "true"), users))


if __name__ == "__main__":
    main()
