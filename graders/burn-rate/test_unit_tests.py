"""Do the learner's unit tests pass, and would they notice?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import WAITS
from kikori.errors import OurFault
from kikori.grading import reasons

if TYPE_CHECKING:
    from conftest import Tests

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(2 * WAITS + 70)
NEVER, ALWAYS = "vector(1) < 0", "(EXPR\n) or on() vector(1)"
"""Where the alert fires, always keeps its labels: a test that looks at labels alone has not seen it silent."""
TOLD = (0, 1)
"""What promtool ends with when it has run the tests."""
CHANGES = ((NEVER, "can no longer fire", "決して発火しない"), (ALWAYS, "always fires", "いつも発火する"))


@pytest.mark.needs("test_rules_load")
def test_unit_tests_pass(tests: Tests) -> None:
    """The rules pass their unit tests.

    ja: ルールは単体テストに通る。
    """
    code, said = tests.run(tests.rules)[0]
    assert code == 0, reason("unit-tests-pass", code=code, said=said[-300:])


@pytest.mark.needs("test_unit_tests_pass")
def test_unit_tests_notice(tests: Tests) -> None:
    """The unit tests notice when an alert can no longer fire, or always does.

    ja: アラートが決して発火しなくなれば、またはいつも発火するようになれば、単体テストが気づく。
    """
    alerts = tests.alerts()
    # All alerts at once first: of which alert a test fails, promtool says. Those of which it does not, one by one.
    at_once = tests.run(*(tests.changed(alerts, expr) for expr, *_ in CHANGES))
    seen = [tests.blamed(said) for _, said in at_once]
    tried = [(one, *change) for one in alerts for change, some in zip(CHANGES, seen, strict=True) if one not in some]
    found = tests.run(*(tests.changed([alert], expr) for alert, expr, *_ in tried)) if tried else []
    for (code, said), ((name, severity), _, en, ja) in zip(found, tried, strict=True):
        if code not in TOLD:
            raise OurFault(f"promtool ended with {code} on rules in which {name} {en}: {said[-200:]}")
        assert code != 0, reason("unit-tests-notice", severity=severity, called=name, en=en, ja=ja)
