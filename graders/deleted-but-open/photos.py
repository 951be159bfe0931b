"""The photos that the site has always had: each can be made again from its number."""

from __future__ import annotations

import hashlib

from kikori.grading import Scene

COUNT, SIZE = 16, 256 * 1024


def sums_of_site(scene: Scene) -> list[str]:
    """Give the checksums of all photos of the site; a photo's name is the beginning of its checksum."""
    seeds = (f"site {scene.params['site']} photo {number}".encode() for number in range(1, COUNT + 1))
    return [hashlib.sha256(hashlib.shake_128(seed).digest(SIZE)).hexdigest() for seed in seeds]
