"""All labs and courses of all content roots."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.errors import Exit, KikoriError, OurFault
from kikori.model.lab import LEFT_AS_IT_IS

LABS = sorted(path.parent.name for path in (paths.ROOT / "labs").glob("*/lab.toml"))


@pytest.mark.parametrize("name", LABS)
def test_lab_of_the_tree_reads(name: str) -> None:
    lab = Catalog().lab(name)
    assert lab.id == name
    assert lab.about.prompts


@pytest.mark.parametrize("name", LABS)
def test_every_fault_of_the_tree_has_two_fixes_and_two_traps_that_name_a_check(name: str) -> None:
    graders = Catalog().lab(name).graders
    checks = "".join(path.read_text(encoding="utf-8") for path in graders.glob("test_*.py"))
    for fault in Catalog().lab(name).faults.values():
        assert len(fault.fixes) >= 2 or fault.about.alarm
        assert len(fault.traps) >= 2
        assert all(f"def {trap.fails}(" in checks or trap.fails == LEFT_AS_IT_IS for trap in fault.traps)


@pytest.mark.slow
def test_no_lab_of_the_tree_is_left_out() -> None:
    assert [lab.id for lab in Catalog().labs()] == LABS


def test_folders_of_shared_parts_are_no_labs() -> None:
    assert (paths.ROOT / "labs" / "_images").is_dir()
    assert "_images" not in Catalog().lab_folders()


def test_courses_of_the_tree_read_in_their_order() -> None:
    courses = Catalog().courses()
    assert len(courses) == len(list((paths.ROOT / "courses").glob("*/course.toml")))
    assert [c.about.order for c in courses] == sorted(c.about.order for c in courses)
    assert all(course.modules for course in courses)


@pytest.mark.slow
def test_labs_of_the_tree_belong_to_modules_of_the_tree() -> None:
    modules = {(module.course, module.id) for course in Catalog().courses() for module in course.modules}
    assert {(lab.about.course, lab.about.module) for lab in Catalog().labs()} <= modules


def test_unknown_lab_is_told_with_the_nearest_one() -> None:
    with pytest.raises(KikoriError, match="no lab called 'frist-look'") as caught:
        Catalog().lab("frist-look")
    assert (caught.value.hint, caught.value.exit_code) == ("Did you mean 'first-look'?", Exit.USAGE)


def test_lab_like_no_other_leads_to_the_list() -> None:
    with pytest.raises(KikoriError) as caught:
        Catalog().lab("zzz")
    assert caught.value.hint == "kikori list"


@pytest.mark.parametrize("name", ["../labs/first-look", "_images", "first-look/", ""])
def test_path_is_no_name_of_a_lab(name: str) -> None:
    with pytest.raises(KikoriError, match="There is no lab"):
        Catalog().lab(name)


def test_content_of_the_environment_is_added_to_our_own(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (content / "labs" / "first-look").rename(content / "labs" / "second-look")
    (content / "graders" / "first-look").rename(content / "graders" / "second-look")
    monkeypatch.setenv("KIKORI_CONTENT", str(content))
    assert {"first-look", "second-look"} <= Catalog().lab_folders().keys()
    assert Catalog().lab("second-look").graders == content / "graders" / "second-look"


def test_two_roots_with_one_lab_are_refused_and_both_named(content: Path) -> None:
    with pytest.raises(OurFault) as caught:
        Catalog([paths.ROOT, content]).labs()
    assert str(paths.ROOT / "labs" / "first-look") in caught.value.message
    assert str(content / "labs" / "first-look") in caught.value.message


def test_root_without_labs_has_none(tmp_path: Path) -> None:
    assert Catalog([tmp_path]).labs() == ()


def test_courses_of_two_roots_stand_in_one_order(content: Path) -> None:
    for order, name in ((1, "zero"), (10_000, "last")):
        shutil.copytree(paths.ROOT / "courses" / "start-here", content / "courses" / name)
        toml = content / "courses" / name / "course.toml"
        lines = [line for line in toml.read_text(encoding="utf-8").splitlines() if not line.startswith("order")]
        toml.write_text("\n".join([f"order = {order}", *lines]), encoding="utf-8")
    ids = [course.id for course in Catalog([paths.ROOT, content]).courses()]
    assert (ids[0], ids[-1]) == ("zero", "last")
