"""A lab's values, faults and pages."""

from __future__ import annotations

import msgspec
import pytest

from kikori.content import Catalog
from kikori.model import Lab
from kikori.model.lab import Param, Text, environment_name


@pytest.fixture(scope="module")
def lab() -> Lab:
    return Catalog().lab("first-look")


def test_params_are_the_same_for_the_same_learner_and_seed(lab: Lab) -> None:
    assert lab.params_of("ada", 7) == lab.params_of("ada", 7)


def test_params_differ_between_learners(lab: Lab) -> None:
    assert len({tuple(lab.params_of(f"learner {n}", 7).items()) for n in range(20)}) > 10


def test_params_differ_between_seeds(lab: Lab) -> None:
    assert len({tuple(lab.params_of("ada", seed).items()) for seed in range(20)}) > 10


def having(lab: Lab, **params: Param) -> Lab:
    """The same lab with other params."""
    return msgspec.structs.replace(lab, about=msgspec.structs.replace(lab.about, params=params))


def test_params_of_a_seed_stay_what_they_were(lab: Lab) -> None:
    """Else no submission from before could be replayed."""
    params = {"line": Param(range=(1, 999)), "stop": Param(choice=("Hinoki", "Nara", "Sugi"))}
    assert having(lab, **params).params_of("ada", 7) == {"line": "811", "stop": "Hinoki"}


def test_range_is_kept_within_both_of_its_ends(lab: Lab) -> None:
    narrow = having(lab, port=Param(range=(3, 5)))
    assert {narrow.params_of("ada", seed)["port"] for seed in range(40)} == {"3", "4", "5"}


def test_fault_is_sticky_and_all_of_them_occur(lab: Lab) -> None:
    assert lab.fault_of("ada", 3).id == lab.fault_of("ada", 3).id
    assert {lab.fault_of("ada", seed).id for seed in range(40)} == set(lab.faults)


def test_page_is_chosen_by_language(lab: Lab) -> None:
    assert lab.page("task", "en") == lab.folder / "task.md"
    assert lab.page("debrief", "ja") == lab.folder / "debrief.ja.md"


def test_workspace_is_none_where_the_lab_has_no_such_folder(lab: Lab) -> None:
    assert lab.workspace is None
    assert Catalog().lab("silent-exit").workspace is not None


def test_text_speaks_the_language_that_is_asked_for() -> None:
    text = Text(en="axe", ja="斧")
    assert (text.lang("en"), text.lang("ja")) == ("axe", "斧")


@pytest.mark.parametrize(
    ("param", "variable"), [("line", "KIKORI_LINE"), ("page-title", "KIKORI_PAGE_TITLE"), ("a.b", "KIKORI_A_B")]
)
def test_param_reaches_the_environment_under_a_shells_kind_of_name(param: str, variable: str) -> None:
    assert environment_name(param) == variable
