"""Do the learner's unit tests pass, and would they notice?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kikori.grading import say

if TYPE_CHECKING:
    from conftest import Tests

pytestmark = pytest.mark.timeout(110)
NEVER, ALWAYS = "vector(1) < 0", "vector(1)"
CHANGES = (
    ("page", NEVER, "no page can fire", "呼び出しが決して鳴らない"),
    ("page", ALWAYS, "pages always fire", "呼び出しがいつも鳴る"),
    ("ticket", NEVER, "no ticket can be opened", "チケットが決して開かない"),
)


@pytest.mark.needs("test_rules_load")
def test_unit_tests_pass(tests: Tests) -> None:
    """The rules pass their unit tests.

    ja: ルールは単体テストに通る。
    """
    code, said = tests.run(tests.rules)[0]
    assert code == 0, say(
        f"promtool test rules tests.yml ended with {code}: {said[-300:]}",
        f"promtool test rules tests.yml が {code} で終わりました: {said[-300:]}",
    )


@pytest.mark.needs("test_unit_tests_pass")
def test_unit_tests_notice(tests: Tests) -> None:
    """The unit tests notice when an alert has become useless.

    ja: 単体テストは、アラートが役に立たなくなれば気づく。
    """
    found = tests.run(*(tests.changed(severity, expr) for severity, expr, *_ in CHANGES))
    for (code, _), (*_, en, ja) in zip(found, CHANGES, strict=True):
        assert code != 0, say(
            f"the rules were changed so that {en}, and the tests still pass: what would have to be in them?",
            f"{ja}ようにルールを変えても、テストは通ります。テストに何があればよいでしょうか",
        )
