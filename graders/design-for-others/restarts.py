"""Find where somebody is told to start tally anew."""

from __future__ import annotations

import re

from steps import is_refused

OF_TALLY = (
    r"(?! (?:of )?(?:the |that |its |their |every |each |silent )*"
    r"(?:gateways?|docks?|tokens?|registry|archive|planner))"
)
"""What follows where nothing else than tally is meant."""
RESTART = re.compile(
    r"systemctl (?:--\S+ )?(?:try-)?(?:reload-or-)?restart\b|"
    r"(?<!\ba )(?<!the )(?<!any )(?<!every )(?<!each )(?<!another )(?<!no )(?<!one )\brestart(?:ing)?\b"
    r"(?!(?: it| tally)? (?:makes?|made|only|would|will|prolongs|is|has|had|was|in between|"
    r"lengthens|worsens|means|counter|job))(?![^.;,]{0,40} (?:makes?|made|prolongs|prolonged|lengthens|worsens)\b)"
    rf"{OF_TALLY}|"
    r"\b(?:do|try|make|perform|trigger|with|by|give it|needs|order) (?:a|one|the) (?:\w+ )?restart\b"
    rf"{OF_TALLY}|"
    r"\b(?:start|bring|fire)(?:ing)? (?:it|tally|the (?:service|program|unit)) (?:up )?(?:anew|again|afresh|over)\b|"
    r"\b(?:kill|reload) (?:it|tally|the (?:service|program|unit|process))\b|\blet systemd (?:re)?start\b|"
    r"\bstop (?:it|tally|the (?:service|program|unit))?,? ?(?:and|then)(?: then)? (?:re)?start\b|"
    r"systemctl (?:--\S+ )?stop tally\b.{0,60}?systemctl (?:--\S+ )?start tally\b|"
    r"\b(?:reboot|bounce|power-?cycle|kick)\b"
    rf"{OF_TALLY}|"
    r"(?<!ゲートウェイを)(?<!ゲートウェイの)(?<!ドックを)再起動"
    r"(?:する(?!と|な|の)|し(?!な|ませ|ても|たら|た(?!あと|後)|てはいけ|てはだめ)|"
    r"を?(?:かけ|行[うい]|試)|$|。|、)|"
    r"(?<!ゲートウェイを)(?:起動し直|立ち上げ直|上げ直)(?:す(?!と|な)|し(?!な|ませ|ても|たら))|"
    r"(?:(?:止め|停止し)て(?:から)?|停止し)、?(?:また|もう一度|再び)?(?:起動|立ち上げ)",
    re.ASCII,
)
LAST = re.compile(
    r"\b(?:only|unless|still|after that|by then|not passed|if it (?:has|does|is))\b|"
    r"なければ|ない場合|ないなら|まだ|それでも"
)
PASSES = re.compile(r"\b(?:wait|leave|nothing|hours?|minutes?|min)\b|待|放っ|何もせ|何もし|そのまま|分|時間")
"""Words of what comes before a restart that is not the first thing."""


def restart(said: str) -> str:
    """The words by which tally is to be started anew before anything else; empty where it is not."""
    for found in RESTART.finditer(said):
        before, after = said[: found.start()], said[found.end() :]
        is_last = PASSES.search(before) and (LAST.search(before) or LAST.search(after[:40]))
        if not (is_last or is_refused(said, *found.span())):
            return found[0].strip(" ,.、。")
    return ""
