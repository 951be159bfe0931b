"""What a group sees at a step: as much as fits on one screen, the chat and the pager before the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kikori.replay_incident.recording import AHEAD, Minute, Recording, Said, between
from kikori.replay_incident.steps import Step
from kikori.settings import Lang
from kikori.visible_text import harmless, width

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
"""A minute in which nobody answered Prometheus."""
MINUTES = 40
"""Minutes of a plot, at most: the last ones."""
LEAST = 3
"""Lines of each part that are shown even on a small screen."""
PLOTS: dict[str, dict[Lang, str]] = {
    "orders_confirmed": {"en": "orders confirmed/min", "ja": "確認した注文/分"},
    "orders_failed": {"en": "orders failed/min", "ja": "失敗した注文/分"},
    "pages_failed": {"en": "pages failed/min", "ja": "失敗したページ/分"},
    "database_connections": {"en": "database connections", "ja": "DB の接続数"},
}
"""The metrics that are plotted, and what each is called."""
HEADS: dict[str, dict[Lang, str]] = {
    "pager": {"en": "Pager and tickets", "ja": "ページャーとチケット"},
    "changes": {"en": "Changes", "ja": "変更"},
    "chat": {"en": "Chat", "ja": "チャット"},
    "log": {"en": "Log", "ja": "ログ"},
    "metrics": {"en": "Metrics, minute by minute until now", "ja": "メトリクス（いままでの1分ごと）"},
    "more": {"en": "{count} lines more in recording/", "ja": "ほかに{count}行が recording/ にあります"},
}


def screen_of(recording: Recording, step: Step, lines: int, columns: int) -> list[str]:
    """Lay out what is known by a step, in so many lines."""
    lang = recording.lang
    found = [_head(step), "", HEADS["metrics"][lang], *plots(recording.metrics, step.until, lang), ""]
    parts = _parts(recording, step)
    room = _room(parts, lines - len(found) - 2 * len(parts) - 4)
    for name, told in parts.items():
        shown = told if len(told) <= room[name] else told[-max(1, room[name] - 1) :]
        found += [HEADS[name][lang], *(_row(one, columns) for one in shown)]
        if len(shown) < len(told):
            found.append("  " + HEADS["more"][lang].format(count=len(told) - len(shown)))
        found.append("")
    return found


def _parts(recording: Recording, step: Step) -> dict[str, list[Said]]:
    """What came since the step before, part by part; the changes without those that nobody saw."""
    told = {
        "pager": recording.pager,
        "changes": [one for one in recording.changes if one.by not in step.unseen],
        "chat": recording.chat,
        "log": recording.log,
    }
    found = {name: between(one, step.begin, step.until) for name, one in told.items()}
    return {name: one for name, one in found.items() if one}


def _room(parts: dict[str, list[Said]], lines: int) -> dict[str, int]:
    """How many lines each part gets: the chat as many as it needs, the log what is left."""
    found = {name: min(len(told), LEAST) for name, told in parts.items()}
    lines -= sum(found.values())
    for name in ("chat", "pager", "changes", "log"):
        if name in parts:
            more = max(0, min(len(parts[name]) - found[name], lines))
            found[name] += more
            lines -= more
    return found


def plots(minutes: Sequence[Minute], until: datetime, lang: Lang) -> list[str]:
    """Each metric as a row of bars, a minute each, with its last value."""
    seen = [one for one in minutes if one.at < until][-MINUTES:]
    names = {name: told[lang] for name, told in PLOTS.items()}
    wide = max(map(width, names.values()))
    rows = []
    for name, told in names.items():
        values = [one.values.get(name) for one in seen]
        most = max((one.values.get(name) or 0 for one in minutes), default=0) or 1
        bars = "".join(GAP if value is None else BARS[round(value / most * (len(BARS) - 1))] for value in values)
        last = next((value for value in reversed(values) if value is not None), None)
        rows.append(f"  {told}{' ' * (wide - width(told))} {bars} {'-' if last is None else f'{last:g}'}")
    return rows


def _head(step: Step) -> str:
    utc, local = (f"{moment:%H:%M}" for moment in (step.until, step.until + AHEAD))
    return f"[{step.number}/{step.of}] {utc} UTC, {local} JST: {step.title}"


def _row(one: Said, columns: int) -> str:
    text = f"  {one.at:%H:%M} {harmless(one.text)}"
    return text if width(text) <= columns else _cut(text, columns - 1) + "…"


def _cut(text: str, columns: int) -> str:
    """The beginning of a text that is at most so wide."""
    wide = 0
    for place, letter in enumerate(text):
        wide += width(letter)
        if wide > columns:
            return text[:place]
    return text
