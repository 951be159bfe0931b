"""Lays out a scene that the town tells: messages with their ages, the log, and whether the sender is up."""

import base64
import json
import os
import shutil
import sys
import time
import urllib.request
from pathlib import Path

from messages import PLACE, SUFFIX

FOLDERS = ("waiting", "sent", "held")
DOWN = PLACE / "down-at-first"


def told(town, path):
    """The scene of that name."""
    with urllib.request.urlopen(urllib.request.Request(f"{town}{path}", b"", method="POST"), timeout=20) as answer:
        return json.loads(answer.read())


def lay_out(scene, town, place=PLACE):
    """Put everything in its place, and nothing else."""
    for folder in FOLDERS:
        shutil.rmtree(place / folder, ignore_errors=True)
        (place / folder).mkdir()
    now = time.time()
    for one in scene["messages"]:
        path = place / one["folder"] / f"{one['name']}{SUFFIX}"
        path.write_bytes(base64.b64decode(one["content"]))
        os.utime(path, (now - one["age"], now - one["age"]))
    (place / "log").write_text("".join(f"{line}\n" for line in log(scene["log"], now)))
    for name in ("key", "down-at-first"):
        (place / name).unlink(missing_ok=True)
    if scene["key"]:
        (place / "key").write_text(f"{scene['key']}\n")
    if scene["down"]:
        (place / "down-at-first").touch()
    (place / "account").write_text(f"{scene['account']}\n")
    (place / "provider").write_text(f"{town}\n")


def log(lines, now):
    """The log's lines, each with its time."""
    for one in lines:
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now - one["age"]))
        yield f"{at} {one['text']}"


if __name__ == "__main__":
    lay_out(told(sys.argv[1], sys.argv[2]), sys.argv[1], Path(sys.argv[3]) if len(sys.argv) > 3 else PLACE)
