"""Which plots there are, and where each is kept."""

from __future__ import annotations

from collections.abc import Callable

from kikori.settings import Lang
from kikori.site.content import LANGS
from tools.plots import averages, budget, incident, night, queue, windows

PLOTS: dict[str, Callable[[Lang], str]] = {
    "courses/observability/golden-signals/averages": averages.draw,
    "courses/observability/paging/night": night.draw,
    "courses/performance/where-the-queue-is/queue": queue.draw,
    "courses/slo/error-budgets/budget": budget.draw,
    "courses/slo/error-budgets/windows": windows.draw,
    "labs/postmortem/workspace/recording/metrics": incident.draw,
}


def wanted() -> dict[str, str]:
    """Every plot as it shall be, by its place below the root."""
    return {place + SUFFIX[lang]: draw(lang) for place, draw in PLOTS.items() for lang in LANGS}


SUFFIX: dict[Lang, str] = {"en": ".svg", "ja": ".ja.svg"}
