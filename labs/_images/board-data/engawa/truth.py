"""The truth: all that a benchmark may ask for, passwords and the hash of each picture included."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from engawa.people import Member
from engawa.plan import Profile, iso
from engawa.posts import Picture, Remark


def picture_line(picture: Picture, drawn: bytes) -> list[Any]:
    """What the truth says about a picture; with the others' lines it is the manifest of hashes."""
    digest = hashlib.sha256(drawn).hexdigest()
    return [
        picture.id, picture.member, picture.mime, digest, len(drawn), picture.caption, iso(picture.created_at)
    ]  # fmt: skip


def text(
    profile: Profile, pillow: str, members: Sequence[Member], lines: Sequence[list[Any]], remarks: Sequence[Remark]
) -> str:
    """The truth as it is written down: JSON without a blank more than needed."""
    found = {
        "profile": profile.name,
        "pillow": pillow,
        "members": [[one.id, one.name, one.password, one.moderator, one.banished] for one in members],
        "pictures": lines,
        "remarks": [[one.id, one.picture, one.member, one.words, iso(one.created_at)] for one in remarks],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
