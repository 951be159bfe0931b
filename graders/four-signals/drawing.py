"""What of a panel Grafana needs in order to draw it."""

from __future__ import annotations

from collections import Counter
from typing import Any

SERIES = {"timeseries", "graph", "trend", "xychart", "barchart", "histogram", "heatmap", "state-timeline"}
KINDS = SERIES | {"stat", "singlestat", "gauge", "bargauge", "piechart", "status-history", "table", "table-old"}
OURS = "prometheus"
MIXED = "-- Mixed --"


def is_known(source: object, *, mixed: bool = False) -> bool:
    """Tell whether a data source is there: none is the default one, which is Prometheus."""
    if source is None or (isinstance(source, str) and source.lower() in (OURS, "default")):
        return True
    if mixed and (source == MIXED or (isinstance(source, dict) and source.get("uid") == MIXED)):
        return True
    return isinstance(source, dict) and {source.get("type") or OURS, source.get("uid") or OURS} == {OURS}


def not_drawn(panel: dict[str, Any]) -> tuple[str, object] | None:
    """Name the field for which Grafana draws nothing, and what it holds; None where it draws."""
    if panel.get("type") not in KINDS:
        return "type", panel.get("type", "")
    if not is_known(panel.get("datasource"), mixed=True):
        return "datasource", panel["datasource"]
    targets = [one for one in panel.get("targets") or [] if isinstance(one, dict)]
    for one in targets:
        if not is_known(one.get("datasource")):
            return "datasource", one["datasource"]
    letters = Counter(str(one["refId"]) for one in targets if one.get("refId"))
    twice = sorted(letter for letter, count in letters.items() if count > 1)
    return ("refId", ", ".join(twice)) if twice else None
