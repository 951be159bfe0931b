"""Japanese that people read follows one set of rules (docs/adr/0034): textlint finds nothing."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drawn import files_due
from tools.textlint.run import ROOT, findings, install, sources

pytestmark = pytest.mark.slow

JUDGES = ("tools/textlint/", "tests/site/test_textlint.py", "tests/drawn.py")
"""What says which sentence keeps the rules; each page and table is judged by itself."""

LONG = (
    "この文は、" + "とても長いので、" * 3 + "読み終えるころには初めに何が書かれていたのかを思い出せなくなる" * 3 + "。"
)
PAGE = f"""# 見出し

コンテナーを見る。

??? question "答えは 3 秒後に来るか。"
    {LONG}

    終わりである。次も終わりである。そして終わります。
"""
KEPT = """# 見出し

コンテナを3秒見る。
{ .lead }

```sh
echo "コンテナー 3 秒"
```

??? tip "何が見えるか。"
    `ps` の出力だ。
"""
TABLE = """[title]
en = "3 seconds, コンテナー is not read as English"
ja = "ポケベルが鳴った。"

[text]
ja = \"\"\"
索引を見る。
\"\"\"
"""


NPM = """#!/bin/sh
echo "$*" >> asked; mkdir -p node_modules/.bin; sleep 1
: > node_modules/.bin/textlint; : > node_modules/.package-lock.json
"""


def test_who_comes_while_it_is_installed_waits_until_all_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that saw another one's half of node_modules ran a textlint that was not there yet."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "npm").write_text(NPM)
    (programs / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)

    def is_there(_: int) -> bool:
        install(tmp_path)
        return (tmp_path / "node_modules/.bin/textlint").is_file()

    with ThreadPoolExecutor(2) as both:
        assert [*both.map(is_there, range(2))] == [True, True]
    assert (tmp_path / "asked").read_text().split("\n") == ["ci --no-audit --no-fund", ""]


def test_what_breaks_a_rule_is_found_on_its_line(tmp_path: Path) -> None:
    (tmp_path / "page.ja.md").write_text(PAGE)
    (tmp_path / "table.toml").write_text(TABLE)
    found = findings([tmp_path / "page.ja.md", tmp_path / "table.toml"])
    places = {(line.split(":")[0].rsplit("/")[-1], line.split(":")[1], line.split(": ")[1]) for line in found}
    assert places >= {
        ("page.ja.md", "3", "prh"),
        ("page.ja.md", "5", "prh"),
        ("page.ja.md", "6", "ja-technical-writing/sentence-length"),
        ("table.toml", "3", "prh"),
        ("table.toml", "7", "prh"),
    }
    assert any("no-mix-dearu-desumasu" in rule for _, _, rule in places)


def test_a_page_that_keeps_the_rules_is_passed(tmp_path: Path) -> None:
    page = tmp_path / "page.ja.md"
    page.write_text(KEPT)
    assert findings([page]) == []


def test_a_title_and_a_number_that_is_filled_in_are_read_as_people_see_them(tmp_path: Path) -> None:
    table = tmp_path / "table.toml"
    table.write_text('ja = "『SREをはじめよう』は%(n)d回読む。\\n\\n    level: 0 ない\\n\\n終わり。"\n')
    assert findings([table]) == []
    table.write_text('ja = "SREをはじめよう。"\n')
    assert len(findings([table])) == 1


def test_all_that_people_read_keeps_the_rules() -> None:
    pages = sources(ROOT)
    assert {"courses", "labs", "docs", "graders", "src"} <= {page.relative_to(ROOT).parts[0] for page in pages}
    assert findings(files_due(pages, *JUDGES)) == []
