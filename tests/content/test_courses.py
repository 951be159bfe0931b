"""Courses and modules are read as strictly as labs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content.courses import read_courses
from kikori.errors import OurFault


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    shutil.copytree(paths.ROOT / "courses" / "containers", tmp_path / "courses" / "containers")
    return tmp_path / "courses"


def add_line(path: Path, line: str) -> None:
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def test_course_holds_its_modules(courses: Path) -> None:
    (course,) = read_courses(courses)
    assert (course.id, course.folder) == ("containers", courses / "containers")
    assert "what-a-container-is" in [module.id for module in course.modules]
    assert {module.course for module in course.modules} == {"containers"}


@pytest.mark.parametrize(
    ("file", "key", "meant"),
    [
        ("containers/course.toml", "sumary", "summary"),
        ("containers/what-a-container-is/module.toml", "practise", "practice"),
    ],
)
def test_unknown_key_is_told_with_its_line_and_the_nearest_right_one(
    courses: Path, file: str, key: str, meant: str
) -> None:
    add_line(courses / file, f"{key} = 1")
    with pytest.raises(OurFault) as caught:
        read_courses(courses)
    assert caught.value.message.startswith(f"{courses / file}:1: ")
    assert caught.value.hint == f"Did you mean '{meant}'?"


def test_module_with_a_link_to_nowhere_is_refused(courses: Path) -> None:
    file = courses / "containers" / "what-a-container-is" / "module.toml"
    with file.open("a", encoding="utf-8") as toml:
        toml.write('\n[[read_next]]\nurl = "javascript:alert(1)"\ntitle = { en = "x", ja = "x" }\n')
    with pytest.raises(OurFault, match=r"read_next.*url"):
        read_courses(courses)


def test_folder_without_a_course_is_passed_over(courses: Path) -> None:
    (courses / "drafts").mkdir()
    assert [course.id for course in read_courses(courses)] == ["containers"]
