"""Know what the depot knows of a parcel, and let it weigh one again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kikori.grading import Scene

SCALES = "/var/lib/depot"


def labelled(scene: Scene, parcel: str) -> int:
    """Compute the grams on a parcel's label."""
    return 100 + zlib.crc32(f"{scene.params['town']}/{parcel}".encode()) % 19900


def parcels_of(scene: Scene, number: int) -> list[str]:
    """Name the parcels of a round."""
    return [f"{scene.params['letters']}-{number:02}{stop:02}" for stop in range(int(scene.params["round"]))]


@contextmanager
def weighed(scene: Scene, grams: Mapping[str, int]) -> Iterator[None]:
    """Put parcels on the depot's scales for a while; the notes are taken away again."""
    depot = scene.host("depot")
    try:
        for parcel, weight in grams.items():
            depot.check_output("echo %s > %s", str(weight), f"{SCALES}/{parcel}")
        yield
    finally:
        for parcel in grams:
            depot.run("rm -f %s", f"{SCALES}/{parcel}")


def facts(text: str) -> dict[str, Any]:
    """Read a parcel's page; empty where it is none."""
    found = _content(text)
    return found if isinstance(found, dict) else {}


def weights(text: str) -> dict[str, Any]:
    """Read the grams of all parcels on a round's page; empty where it is none."""
    found = _content(text)
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return {str(row.get("parcel")): row.get("grams") for row in rows}


def _content(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
