"""Read a cell that is one role or team of the recording: every word of it is known, and all are of one team."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from filled_form.alone import alone

if TYPE_CHECKING:
    from night import Night

LONGEST = 80
"""How many letters a role has at most."""
TEAMS = {
    "on-call": ("on-call", "on call", "オンコール"),
    "web": ("web", "front", "checkout", "catalog", "ウェブ"),
    "servers": ("servers", "server", "database", "dba", "サーバー", "データベース"),
    "scheduler": ("scheduler", "スケジューラ"),
    "accounting": ("accounting", "経理"),
    "departments": ("other departments", "departments", "department", "ほかの部署", "部署"),
    "shop": ("shop", "店"),
    "support": ("support desk", "support", "サポート窓口", "サポート"),
}
"""What the recording calls those to whom something belongs; each has a word of it."""
OFFERED = ("on-call", "web", "servers", "accounting", "departments", "support")
"""Those that are people: the scheduler and the shop have somebody whom the recording calls by another name."""
WITH_ANY = {"on-call", "shop"}
"""What may stand beside another team's name: the on-call of the servers is one role."""
AND = re.compile(r" and (?:the )?|[&,、/:;・]|と")
AROUND = re.compile(
    r"\b(?:the|of|for|a|in|that|night|other|teams?|group|rota|rotation|shift|it|desk|services?|systems?|people|"
    r"developers?|engineers?|operators?|admins?|administrators?|owners?|owner of|lead|side|hotline)\b|['’]s?|"
    r"担当者?|チーム|部門|グループ|システム|サービス|開発者?|運用|管理者?|エンジニア|責任者|窓口|当番|ほか|その|夜|[部課係班側の]"
)
"""Words around the name of a team."""


def is_role(text: str, night: Night) -> bool:
    """Tell whether a cell is one role or team of the recording, or a part of it."""
    said = alone(text)
    if said in {alone(one) for one in night.roles}:
        return True
    return len(said) <= LONGEST and _is_one_team(said)


def _is_one_team(said: str) -> bool:
    rest, found = said, set()
    for team, words in TEAMS.items():
        for word in words:
            fits = re.compile(rf"(?<![a-z]){word}(?![a-z])" if word.isascii() else word)
            if fits.search(rest):
                found.add(team)
                rest = fits.sub(" ", rest)
    left = AROUND.sub(" ", AND.sub(" ", f" {rest} "))
    several = len(found - {"shop"} if AND.search(said) else found - WITH_ANY) > 1
    return bool(found) and not left.strip(" -") and not several
