"""The rules of graders and of the mark scheme."""

from __future__ import annotations

from pathlib import Path

import pytest

from .spoiling import GRADER, LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

FILE = f"{GRADER}/test_timetable.py"
RUBRIC = f"{GRADER}/rubric.toml"
ANSWER = '    assert answer.status == 200, reason("answer", answer=answer)\n'
USED = '    assert answer.text, reason("answer", answer=answer)\n'
"""Another use of the same reason: it stays used where the assertion is replaced."""


def answer(rule: str, new: str, mend: str, at: str) -> Spoil:
    """Another line in the place of the assertion of test_answer."""
    kept = new if ANSWER in new else new + USED
    return Spoil(rule, FILE, ANSWER, kept, mend, at=at)


SPOILS = [
    Spoil(
        "check-named-by-a-trap",
        f"{LAB}/faults/closed-page/traps/switch-it-off.sh",
        "# fails: test_server_is_up",
        "# fails: test_answer",
        "# fails: test_server_is_up",
        at="def test_server_is_up",
        found_in=FILE,
    ),
    Spoil(
        "check-title",
        FILE,
        '    """A user who asks for the timetable gets an answer.\n\n    ja:',
        '    """ja:',
        "What a user can do",
        at="def test_answer",
    ),
    Spoil(
        "check-title-in-japanese",
        FILE,
        "    ja: 時刻表を求めた利用者に、応答が返る。\n",
        "",
        "ja:",
        at="def test_answer",
    ),
    Spoil(
        "check-title-in-japanese",
        FILE,
        "ja: 時刻表を求めた利用者に、応答が返る。",
        "ja: an answer",
        "ja:",
        at="def test_answer",
    ),
    answer("assert-reason", "    assert answer.status == 200\n", "say(", "assert answer.status == 200"),
    answer("assert-reason", "    if answer.status != 200:\n        pytest.fail()\n", "say(", "pytest.fail()"),
    answer("reason-in-both-languages", '    assert answer.status == 200, "no answer"\n', "say(", "no answer"),
    answer("reason-in-both-languages", '    assert answer.status == 200, say("no", "no")\n', "say(", 'say("no"'),
    answer("reason-in-both-languages", '    assert answer.status == 200, say("いいえ")\n', "say(", "say("),
    answer("reason-in-both-languages", "    assert answer.status == 200, str(answer)\n", "say(", "str(answer)"),
    answer("reason-in-both-languages", '    if answer.status != 200:\n        pytest.fail("no")\n', "say(", "fail"),
    Spoil("guard", FILE, "@pytest.mark.guard\n", "", "@pytest.mark.guard", at="def test_server_is_up", everywhere=True),
    Spoil("needs-known", FILE, 'needs("test_answer")', 'needs("test_anwser")', "test_answer", at="test_anwser"),
    Spoil(
        "needs-known",
        FILE,
        'needs("test_answer")',
        'needs("test_page_is_not_open_to_writers")',
        "move test_page",
        at="needs(",
    ),
    Spoil(
        "check-names-differ",
        FILE,
        "def test_workers_are_not_root",
        'def test_answer(scene: Scene) -> None:\n    """A.\n\n    ja: あ\n    """\n\n\ndef test_workers_are_not_root',
        "name of its own",
        at="def test_answer",
    ),
    answer(
        "reason-in-words",
        '    assert answer.status == 200, say(f"saw {answer.text!r}", f"{answer.text} でした")\n',
        "quoted",
        "answer.text!r",
    ),
    answer(
        "reason-in-words",
        '    assert answer.status == 200, say(f"saw {sorted(answer.text)}", f"{answer.text} でした")\n',
        "join the words",
        "sorted(answer.text)",
    ),
    answer(
        "grader-imports",
        "    from kikori.engine.client import client\n    assert client, say('no', 'いいえ')\n",
        "kikori.grading",
        "kikori.engine.client",
    ),
    answer("grader-packages", "    import ruff\n" + ANSWER, "requirements.lock", "import ruff"),
    answer("grader-packages", "    import nowhere.at\n" + ANSWER, "lock its package", "nowhere"),
    answer(
        "reason-known", '    assert answer.status == 200, reason("no-answer")\n', "reasons.toml", 'reason("no-answer")'
    ),
    Spoil(
        "reason-used",
        f"{GRADER}/reasons.toml",
        "[answer]\n",
        '[no-answer]\nen = "no answer"\nja = "応答がない"\n\n[answer]\n',
        "take it out",
        at="[no-answer]",
    ),
    answer("no-sleep", "    time.sleep(1)\n" + ANSWER, "eventually", "time.sleep(1)"),
    answer("no-sleep", "    sleep(1)\n" + ANSWER, "eventually", "sleep(1)"),
    answer(
        "no-engine-restart",
        '    scene.docker("restart", "--time", "3", "x")\n' + ANSWER,
        "scene.restart",
        'docker("re',
    ),
    answer("no-engine-restart", '    run(["docker", "restart", "x"])\n' + ANSWER, "scene.restart", '"restart"'),
    answer("no-engine-restart", '    run("docker compose -p x restart web")\n' + ANSWER, "scene.restart", "-p x"),
    answer("unbounded-archive", '    scene.container("x").get_archive("/srv")\n' + ANSWER, "archive_of", "get_archive"),
    answer(
        "program-in-service",
        '    scene.host("web").run("ps")\n' + ANSWER,
        "scene.processes",
        'scene.host("web")',
    ),
    answer("program-in-service", '    scene.docker("exec", "x", "ps")\n' + ANSWER, "# runs: why", 'docker("exec"'),
    answer("program-in-service", "    scene.host(str(answer))\n" + ANSWER, "# runs: why", "scene.host(str"),
    Spoil("rubric-well-formed", RUBRIC, None, None, "[[criteria]]"),
    Spoil("rubric-well-formed", RUBRIC, "points = 3", "point = 3", "points", at="point = 3"),
    Spoil("rubric-well-formed", RUBRIC, "points = 3", 'points = "3"', "points"),
    Spoil("rubric-well-formed", RUBRIC, "points = 3", "points = 0", "points"),
    Spoil("rubric-well-formed", RUBRIC, "[[criteria]]", "[[criteria", "[[criteria]]"),
    Spoil("criteria-differ", RUBRIC, 'id = "evidence"', 'id = "symptom"', "name of its own", at='id = "symptom"'),
]


def test_a_reason_of_the_table_is_in_both_languages_and_filled_in(content: Path, grader: Path) -> None:
    table = grader.with_name("reasons.toml")
    others = table.read_text(encoding="utf-8")
    table.write_text(others + '\n[no-answer]\nen = "saw {seen}"\nja = "{seen} でした"\n', encoding="utf-8")
    answer("", '    assert answer.status == 200, reason("no-answer", seen=answer)\n', "", "").carry_out(content)
    assert look(content) == ()
    table.write_text(others + '\n[no-answer]\nen = "saw {it}"\nja = "saw {seen}"\n', encoding="utf-8")
    found = {one.rule: one.message for one in look(content)}
    assert found.keys() == {"reason-known", "japanese-text"}
    assert found["reason-known"] == "the reason no-answer has places without a value: it"


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


@pytest.mark.parametrize(
    "new",
    [
        'if answer.status != 200:\n        pytest.fail(say("no", "いいえ"))',
        'if answer.status != 200:\n        pytest.fail(reason=say("no", "いいえ"))',
        'assert answer.status == 200, say("no", "いいえ") + "!"',
        "assert answer.status == 200, told(answer)",
        "assert answer.status == 200, outer(answer)",
    ],
)
def test_reason_may_come_from_a_function_of_the_file(content: Path, grader: Path, new: str) -> None:
    Spoil("", FILE, ANSWER, f"    {new}\n{USED}", "").carry_out(content)
    functions = (
        '\n\ndef told(seen):\n    return say(f"{seen}?", f"{seen} ですか")\n\n\ndef outer(x):\n    return told(x)\n'
    )
    grader.write_text(grader.read_text(encoding="utf-8") + functions, encoding="utf-8")
    assert look(content) == ()


def test_checks_in_a_class_are_checks(content: Path, grader: Path) -> None:
    text = "\n\nclass TestMore:\n    def test_more(self, scene):\n        assert scene\n"
    grader.write_text(grader.read_text(encoding="utf-8") + text, encoding="utf-8")
    expected = {"check-title", "check-title-in-japanese", "assert-reason", "check-named-by-a-trap"}
    assert {one.rule for one in look(content)} == expected


def test_grader_that_is_no_python_is_a_finding(content: Path, grader: Path) -> None:
    grader.write_text("import pytest\n\ndef test_x(:\n", encoding="utf-8")
    (one,) = look(content)
    assert (one.rule, one.file, one.line, one.lab) == ("contract", str(grader), 3, "first-look")
    assert one.fix == f"pytest --collect-only {grader}"
