"""A page that leads nowhere is refused, and named."""

from pathlib import Path

import pytest

from kikori.errors import OurFault
from kikori.panel.site_build import build

pytestmark = [pytest.mark.slow, pytest.mark.stands_on("mkdocs.yml", code=("site", "panel", "design"))]


@pytest.mark.usefixtures("state_after_a_build")
def test_a_link_that_leads_nowhere_is_named(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tiny / "courses/knots/bowline/how.md").write_text("# How\n\n[Gone](gone.md)\n")
    monkeypatch.setenv("KIKORI_CONTENT", str(tiny))
    with pytest.raises(OurFault, match=r"WARNING.*knots/bowline/how\.md.*gone\.md"):
        build(tmp_path / "site")
    assert not (tmp_path / "site").exists()
