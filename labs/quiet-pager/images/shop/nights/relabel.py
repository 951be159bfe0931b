"""What Prometheus does to an alert's labels before it sends it: `alert_relabel_configs`."""

import re
from typing import Any

Labels = dict[str, str]
PLACE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
"""A group of the pattern, in what comes in its place."""


def sent(labels: Labels, steps: list[dict[str, Any]]) -> Labels | None:
    """The labels with which an alert is sent; None where it is sent to nobody."""
    for step in steps:
        action = str(step.get("action", "replace")).lower()
        try:
            pattern = re.compile(str(step.get("regex", "(.*)")))
        except re.error:  # which Prometheus may read all the same
            continue
        value = str(step.get("separator", ";")).join(labels.get(name, "") for name in step.get("source_labels") or [])
        found = pattern.fullmatch(value)
        if (action == "keep" and not found) or (action == "drop" and found):
            return None
        if action == "replace" and found:
            labels = labels | {
                expanded(found, step.get("target_label", "")): expanded(found, step.get("replacement", "$1"))
            }
        if action in RENAMED:
            labels = RENAMED[action](labels, pattern, str(step.get("replacement", "$1")))
        labels = {name: text for name, text in labels.items() if name and text}
    return labels


def expanded(found: re.Match[str], said: object) -> str:
    """A replacement with what the pattern found in it."""
    groups = {str(number): text for number, text in enumerate((found[0], *found.groups()))} | found.groupdict()
    return PLACE.sub(lambda place: groups.get(place[1] or place[2]) or "", str(said))


def dropped(labels: Labels, pattern: re.Pattern[str], _: str) -> Labels:
    """The labels but for those of such names."""
    return {name: text for name, text in labels.items() if not pattern.fullmatch(name)}


def kept(labels: Labels, pattern: re.Pattern[str], _: str) -> Labels:
    """The labels of such names alone."""
    return {name: text for name, text in labels.items() if pattern.fullmatch(name)}


def mapped(labels: Labels, pattern: re.Pattern[str], replacement: str) -> Labels:
    """The labels, those of such names by another name as well."""
    more = {expanded(found, replacement): labels[found[0]] for name in labels if (found := pattern.fullmatch(name))}
    return labels | more


RENAMED = {"labeldrop": dropped, "labelkeep": kept, "labelmap": mapped}
