"""What a build takes from an earlier one: all that did not change, and nothing that was spoiled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kikori.panel.site_build import build
from kikori.site.output.earlier import Earlier, hash_of

CHANGED = "ja/courses/knots/bowline/how/index.html"


def everything(site: Path) -> dict[str, bytes]:
    """Read every file of a site."""
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def holding(folder: Path, text: str) -> list[Path]:
    """Find the results that hold a text: a page's Markdown as HTML, and the page whole."""
    return [path for path in folder.iterdir() if text in path.read_text(encoding="utf-8")]


@pytest.mark.slow
@pytest.mark.stands_on("mkdocs.yml", code=("site", "panel", "design"))
def test_after_a_change_one_page_is_made_and_all_is_as_if_nothing_was_kept(
    tiny: Path, state_after_a_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIKORI_CONTENT", str(tiny))
    build(tmp_path / "before")
    folder = state_after_a_build / "kikori" / "site-pages" / "all"
    kept = {path.name for path in folder.iterdir()}

    (tiny / "courses/knots/bowline/how.ja.md").write_text("# 縄を結ぶ\n\n前とは違う文。\n", encoding="utf-8")
    build(tmp_path / "after")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "empty"))
    build(tmp_path / "cold")
    assert everything(tmp_path / "after") == everything(tmp_path / "cold")
    assert "前とは違う文。" in (tmp_path / "after" / CHANGED).read_text(encoding="utf-8")
    assert "前とは違う文。" not in (tmp_path / "before" / CHANGED).read_text(encoding="utf-8")
    assert len({path.name for path in folder.iterdir()} - kept) == len(holding(folder, "前とは違う文。")) == 2

    # Other words under the same hash are believed, so the results are what was read; a spoiled one is made again.
    monkeypatch.setenv("XDG_STATE_HOME", str(state_after_a_build))
    for path in holding(folder, "前とは違う文。"):
        result = json.loads(path.read_text(encoding="utf-8").partition("\n")[2])
        Earlier(folder).put(path.name, json.loads(json.dumps(result).replace(json.dumps("違う")[1:-1], "BELIEVED")))
    spoiled = holding(folder, "why-again of bowline")
    assert spoiled
    for path in spoiled:
        path.write_text(path.read_text(encoding="utf-8").replace("why-again of", "SPOILED"), encoding="utf-8")
    build(tmp_path / "tampered")
    differing = {
        name
        for name, data in everything(tmp_path / "tampered").items()
        if (tmp_path / "cold" / name).read_bytes() != data
    }
    assert differing == {CHANGED, "ja/search/search_index.json"}
    assert "BELIEVED" in (tmp_path / "tampered" / CHANGED).read_text(encoding="utf-8")


def test_a_result_is_kept_by_all_that_it_was_made_from(tmp_path: Path) -> None:
    first, second = Earlier(tmp_path / "kept"), Earlier(tmp_path / "kept")
    assert first.once(lambda: "made", "page", 1) == "made"
    assert second.once(lambda: "made again", "page", 1) == "made"
    assert second.once(lambda: "another", "page", 2) == "another"
    second.forget()
    assert len([*(tmp_path / "kept").iterdir()]) == 2
    Earlier(tmp_path / "kept").forget()
    assert not [*(tmp_path / "kept").iterdir()]


@pytest.mark.parametrize("spoiled", [b"", b"no digest", b"0" * 64 + b'\n"made"', b"\xff\n\xfe"])
def test_a_spoiled_result_is_made_again(tmp_path: Path, spoiled: bytes) -> None:
    earlier = Earlier(tmp_path)
    earlier.once(lambda: "made", "page")
    (path,) = tmp_path.iterdir()
    path.write_bytes(spoiled)
    assert Earlier(tmp_path).once(lambda: "made again", "page") == "made again"
    assert Earlier(tmp_path).get(path.name) == "made again"


def test_a_folder_that_cannot_be_written_keeps_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    earlier = Earlier(tmp_path / "file" / "kept")
    assert earlier.once(lambda: "made", "page") == "made"
    earlier.forget()
    assert earlier.get(earlier.key("page")) is None


def test_a_hash_of_places_hears_of_each_file_and_its_name(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    one = hash_of([tmp_path])
    (tmp_path / "a").rename(tmp_path / "b")
    two = hash_of([tmp_path])
    (tmp_path / "b").write_text("two")
    assert len({one, two, hash_of([tmp_path]), hash_of([tmp_path], "and a version")}) == 4
