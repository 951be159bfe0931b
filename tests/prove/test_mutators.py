"""Which errors are made in a text: by name, in a table."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable

import pytest

from kikori.prove.mutation.operators import comparisons, edits, members, modes, names, numbers, pieces


def parses(text: str) -> bool:
    return subprocess.run(["sh", "-n"], input=text, text=True, capture_output=True, check=False).returncode == 0


def spoilt(text: str) -> dict[str, str]:
    return {edit.name: edit.text for edit in edits(text, in_shell=True, parses=parses)}


def lines(spoiled: Iterable[tuple[str, str]]) -> list[str]:
    return [line for _, line in spoiled]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("workers = 7", ["workers = 0", "workers = 8", "workers = 70"]),
        ("delay: 500ms", ["delay: 0ms", "delay: 501ms", "delay: 5000ms", "delay: 50ms"]),
        ("for: rate > 0.03", ["for: rate > 0", "for: rate > 1.03", "for: rate > 0.30", "for: rate > 0.003"]),
        ("head -1 x", ["head -0 x", "head -2 x", "head -10 x"]),
        ("ping 127.0.0.1 v2 $1 utf-8 2>/dev/null >&2 a.3", []),
        ("chmod 640 x", []),
    ],
)
def test_numbers(line: str, expected: list[str]) -> None:
    assert lines(numbers(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("chmod 0640 x", ["chmod 0600 x", "chmod 0644 x", "chmod 0666 x"]),
        ("install -m 755 a b", ["install -m 700 a b", "install -m 750 a b", "install -m 777 a b"]),
        ("chmod g+r x", ["chmod g-r x", "chmod a+r x"]),
        ("echo 640", []),
    ],
)
def test_modes(line: str, expected: list[str]) -> None:
    assert lines(modes(line)) == expected


@pytest.mark.parametrize(
    ("line", "shell", "expected"),
    [
        ('[ "$n" -ge 3 ]', True, ['[ "$n" -gt 3 ]']),
        ("if a <= b:", False, ["if a < b:"]),
        ("if a > b:", False, ["if a >= b:"]),
        ("sort < in > out", True, []),
    ],
)
def test_comparisons(line: str, shell: bool, expected: list[str]) -> None:
    assert lines(comparisons(line, in_shell=shell)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mv /tmp/a* /srv/www/index.html", ["mv /tmp/a* /srv/www/inde.html"]),
        ("chown www-data:adm f", ["chown www-dat:adm f", "chown www-data:ad f"]),
        ("USER nobody", ["USER nobod"]),
        ("true > /dev/null; sed 's/a/b/' https://x.example/some/page", []),
    ],
)
def test_names(line: str, expected: list[str]) -> None:
    assert lines(names(line)) == expected


def test_pieces_of_what_is_printed() -> None:
    assert lines(pieces(r"printf 'a\n b\n'")) == [r"printf ' b\n'", r"printf 'a\n'"]
    assert lines(pieces(r"printf 'a\n'")) == []


def test_members_of_what_is_listed() -> None:
    assert lines(members("write --to . --with a,b-c,d\n")) == [
        "write --to . --with b-c,d\n", "write --to . --with a,d\n", "write --to . --with a,b-c\n",
    ]  # fmt: skip
    assert lines(members("cut -f1,2,3 x,y")) == []


def test_a_line_is_left_out_where_the_rest_parses_and_does_something() -> None:
    found = spoilt("#!/bin/sh\n# service: web\nset -e\nif true; then\n  a b\nfi\n\nc d\n")
    assert found == {
        "lines-4-to-6-left-out": "#!/bin/sh\n# service: web\nset -e\n\nc d\n",
        "line-8-left-out": "#!/bin/sh\n# service: web\nset -e\nif true; then\n  a b\nfi\n\n",
    }
    assert spoilt("#!/bin/sh\nonly this\n") == {}


def test_a_command_goes_with_its_continued_lines_and_its_heredoc() -> None:
    found = spoilt("a \\\n  b\ncat > c <<'END'\none\ntwo\nEND\nd\n")
    assert found == {
        "lines-1-to-2-left-out": "cat > c <<'END'\none\ntwo\nEND\nd\n",
        "line-2-left-out": "a \\\ncat > c <<'END'\none\ntwo\nEND\nd\n",
        "lines-3-to-6-left-out": "a \\\n  b\nd\n",
        "line-4-left-out": "a \\\n  b\ncat > c <<'END'\ntwo\nEND\nd\n",
        "line-5-left-out": "a \\\n  b\ncat > c <<'END'\none\nEND\nd\n",
        "line-7-left-out": "a \\\n  b\ncat > c <<'END'\none\ntwo\nEND\n",
    }


def test_an_expression_of_several_is_left_out() -> None:
    found = spoilt("sed -e s,a,b, -e 's/c/d/' -e 's/e/f/' x > y\nmv y x\n")
    assert found["line-1-expression-1-left-out"] == "sed -e s,a,b, -e 's/e/f/' x > y\nmv y x\n"
    assert found["line-1-expression-2-left-out"] == "sed -e s,a,b, -e 's/c/d/' x > y\nmv y x\n"


def test_the_same_mutant_twice_is_one_and_equal_errors_on_a_line_are_told_apart() -> None:
    found = spoilt("tc 0 0\nend\n")
    assert [name for name in found if "number" in name] == [
        "line-1-number-0-to-1", "line-1-number-0-to-1-at-2",
    ]  # fmt: skip
    assert len(set(spoilt("a\na\n").values())) == len(spoilt("a\na\n")) == 1


def test_what_a_file_had_before_the_fix_is_not_spoiled() -> None:
    found = edits("port 80\nlimit 5\n", in_shell=False, parses=lambda text: True, kept=frozenset(["port 80"]))
    assert {edit.text.splitlines()[0] for edit in found} == {"port 80"}
