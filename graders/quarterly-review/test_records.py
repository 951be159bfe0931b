"""Are the records as they were drawn?"""

from __future__ import annotations

import pytest
from drawn_quarter.tell import files_of
from truth import Truth

from kikori.grading import Scene, reasons

reason = reasons(__file__)


@pytest.mark.guard
def test_records(scene: Scene, truth: Truth) -> None:
    """The records can be read, and are those of this quarter.

    ja: 記録を読むことができ、この四半期のものである。
    """
    for name, text in files_of(truth.quarter).items():
        answer = scene.get("records", f"/{name}")
        assert answer.status == 200, reason("records-away", file=name, seen=answer)
        assert answer.text == text, reason("records-changed", file=name)
