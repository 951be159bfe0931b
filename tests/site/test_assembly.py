"""One folder with every page, and nothing written that is there already."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.errors import OurFault
from kikori.site.assembly import assemble, tree
from kikori.site.content import Content
from kikori.site.navigation import navigation

Read = Callable[[], Content]
AddModule = Callable[[str, int], Path]


def snapshot(folder: Path) -> dict[str, int]:
    """When each file was last written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_second_assembly_writes_nothing(read: Read, tmp_path: Path) -> None:
    assemble(read(), tmp_path / "pages")
    before = snapshot(tmp_path / "pages")
    assemble(read(), tmp_path / "pages")
    assert snapshot(tmp_path / "pages") == before


def test_an_edit_writes_only_its_page(read: Read, tiny: Path, tmp_path: Path) -> None:
    assemble(read(), tmp_path / "pages")
    before = snapshot(tmp_path / "pages")
    (tiny / "courses/knots/bowline/how.md").write_text("# How, better\n")
    assemble(read(), tmp_path / "pages")
    after = snapshot(tmp_path / "pages")
    assert {name for name in after if after[name] != before[name]} == {"courses/knots/bowline/how.md"}


def test_a_new_module_appears_without_editing_a_list(read: Read, add_module: AddModule) -> None:
    assert "Clove" not in str(navigation(read(), "en"))
    add_module("clove", 2)
    content = read()
    assert "courses/knots/clove/why-again.ja.md" in tree(content)
    assert "(clove/why.md)" in tree(content)["courses/knots/index.md"].decode()
    assert "courses/knots/clove/how.md" in str(navigation(content, "en"))
    assert "Clove（日本語）" in str(navigation(content, "ja"))


def test_a_page_that_is_gone_is_taken_away(read: Read, add_module: AddModule, tmp_path: Path) -> None:
    folder = add_module("clove", 2)
    assemble(read(), tmp_path / "pages")
    for path in folder.iterdir():
        path.unlink()
    assemble(read(), tmp_path / "pages")
    assert "clove" not in str(snapshot(tmp_path / "pages"))


def test_a_missing_lesson_is_named(read: Read, tiny: Path) -> None:
    (tiny / "courses/knots/bowline/how.ja.md").unlink()
    with pytest.raises(OurFault, match=r"bowline/how\.ja\.md: missing"):
        tree(read())


def test_a_lesson_without_heading_is_named(read: Read, tiny: Path) -> None:
    (tiny / "courses/knots/bowline/how.md").write_text("Only text.\n")
    with pytest.raises(OurFault, match=r"bowline/how\.md: no heading"):
        tree(read())


@pytest.mark.parametrize("target", ["labs/first-look/task.md", "labs/first-look/lab.toml", "labs/first-look/"])
def test_a_link_into_a_lab_leads_to_its_page(read: Read, tiny: Path, target: str) -> None:
    (tiny / "courses/knots/bowline/how.md").write_text(f"# How\n\nDo [it](../../../{target}).\n")
    assert "[it](../../../labs/first-look.md)" in tree(read())["courses/knots/bowline/how.md"].decode()


def test_only_the_first_page_tells_the_objectives_and_only_after_its_scene(read: Read) -> None:
    pages = {name: text.decode() for name, text in tree(read()).items() if name.startswith("courses/knots/bowline/")}
    why = pages["courses/knots/bowline/why.md"]
    assert why.index("Text.") < why.index("Tie a knot.")
    assert not [name for name, text in pages.items() if "Tie a knot." in text and not name.endswith("/why.md")]


def test_notes_for_instructors_are_on_no_page(read: Read, tiny: Path) -> None:
    for name in ("instructor.md", "instructor.ja.md"):
        (tiny / "courses/knots/bowline" / name).write_text("# To discuss\n\nListen for: the loop.\n")
    assert not [name for name, text in tree(read()).items() if "instructor" in name or b"Listen for" in text]
