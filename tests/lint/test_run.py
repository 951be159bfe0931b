"""The command, the page of rules, and the labs of the tree."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path

import msgspec
import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.lint import Finding, Findings, lint
from kikori.lint.reference import reference
from kikori.lint.rule import Rule, rules
from terminal_user import Kikori

RULES = rules()
TESTS = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("name", [*Catalog().lab_folders()])
def test_lab_of_the_tree_keeps_every_rule(name: str) -> None:
    assert lint(Catalog(), [name]).findings == ()


@pytest.mark.slow
def test_what_the_labs_of_the_tree_share_keeps_every_rule() -> None:
    assert [one for one in lint(Catalog(), tool=None).findings if not one.lab] == []


def test_page_is_what_the_rules_say() -> None:
    page = (paths.ROOT / "docs" / "lint.md").read_text(encoding="utf-8")
    assert page == reference(), "python -m kikori.lint.reference > docs/lint.md"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_rule_is_one_function_with_one_message_and_a_test(rule: Rule) -> None:
    tree = ast.parse(inspect.getsource(rule.look))
    yields = [node for node in ast.walk(tree) if isinstance(node, ast.Yield)]
    assert rule.about
    assert len(yields) == 1
    assert f'"{rule.id}"' in TESTS


def test_every_module_of_rules_is_read() -> None:
    folder = Path(inspect.getfile(RULES["guard"].look)).parent
    modules = {path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__"}
    assert {".".join(module.parts) for module in modules} == {rule.topic for rule in RULES.values()}


@pytest.mark.slow
def test_clean_lab_leads_to_its_proof(kikori: Kikori) -> None:
    said = kikori("lab", "lint", "first-look")
    assert (said.returncode, said.stderr) == (0, "")
    assert f"first-look, {len(RULES)} rules: no finding" in said.stdout
    assert said.stdout.endswith("Next: ./kikori lab prove first-look\n")


@pytest.fixture
def broken(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lab of a second content root, with one limit gone."""
    (content / "labs/first-look").rename(content / "labs/second-look")
    (content / "graders/first-look").rename(content / "graders/second-look")
    file = content / "labs/second-look/compose.yaml"
    text = file.read_text(encoding="utf-8").replace("kikori/first-look", "kikori/second-look")
    file.write_text(text.replace("    pids_limit: 64\n", ""), encoding="utf-8")
    monkeypatch.setenv("KIKORI_CONTENT", str(content))
    return file


@pytest.mark.slow
def test_finding_ends_with_1_and_says_place_rule_and_mend(kikori: Kikori, broken: Path, own_places: Path) -> None:
    said = kikori("lab", "lint", "second-look")
    assert said.returncode == 1
    assert said.stdout.splitlines()[:4] == [
        "second-look",
        f"  {broken.relative_to(own_places)}:2  [pids-limit]",
        "    the service web has no pids_limit",
        "    → write `pids_limit: 64`",
    ]
    assert said.stdout.endswith("Next: ./kikori lab lint second-look\n")


@pytest.mark.slow
def test_json_has_every_finding(kikori: Kikori, broken: Path) -> None:
    said = kikori("lab", "lint", "second-look", "--json")
    assert said.returncode == 1
    told = json.loads(said.stdout)
    assert isinstance(told.pop("notes"), list), "a machine without shellcheck says so here"
    (web,) = told.pop("services")
    assert web.startswith("web: 96m of memory, 0.5 of a processor, None pids; capabilities: CHOWN, ")
    assert web.endswith("; no new privileges; has no route outside")
    assert [one["rule"] for one in told.pop("warnings")] == ["two-rounds-without-surprise"]
    assert told == {
        "labs": ["second-look"],
        "rules": len(RULES),
        "findings": [
            {
                "rule": "pids-limit",
                "lab": "second-look",
                "file": str(broken),
                "line": 2,
                "message": "the service web has no pids_limit",
                "fix": "write `pids_limit: 64`",
            }
        ],
    }


def test_unknown_lab_is_told_with_the_nearest(kikori: Kikori) -> None:
    said = kikori("lab", "lint", "frist-look")
    assert (said.returncode, "Did you mean 'first-look'?" in said.stderr) == (2, True)


@pytest.mark.parametrize(
    ("record", "keys"),
    [(Findings, "labs rules findings warnings notes services"), (Finding, "rule lab file line message fix")],
)
def test_keys_of_a_record(record: type[msgspec.Struct], keys: str) -> None:
    assert " ".join(record.__struct_fields__) == keys
