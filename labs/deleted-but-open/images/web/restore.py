"""Brings the site's photos back from the archive, in which each can be made again from its number."""

import hashlib
import os
import shutil
from pathlib import Path

FOLDER = Path("/data/photos")
COUNT, SIZE = 16, 256 * 1024


def main():
    """Put back what is missing."""
    for number in range(1, COUNT + 1):
        photo = hashlib.shake_128(f"site {os.environ['KIKORI_SITE']} photo {number}".encode()).digest(SIZE)
        file = FOLDER / f"{hashlib.sha256(photo).hexdigest()[:16]}.jpg"
        if not file.exists():
            file.write_bytes(photo)
            shutil.chown(file, "roofs", "roofs")


if __name__ == "__main__":
    main()
