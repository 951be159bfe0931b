"""Are the records as they were drawn?"""

from __future__ import annotations

import pytest
from truth import Truth

from kikori.grading import Scene, reasons

reason = reasons(__file__)


@pytest.mark.guard
def test_records(scene: Scene, truth: Truth) -> None:
    """The records can be read, and tell of this service.

    ja: 記録を読むことができ、このサービスのものである。
    """
    for name, text in truth.files.items():
        answer = scene.get("records", f"/{name}")
        assert answer.status == 200, reason("records-away", file=name, seen=answer)
        assert answer.text == text, reason("records-changed", file=name)
