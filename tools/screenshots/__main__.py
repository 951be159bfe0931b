"""Take the pictures: ``python -m tools.screenshots [--only NAME] [--docs] OUT``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from kikori import paths

sys.path.insert(0, str(paths.ROOT / "tests"))  # the made-up class is the tests' own

from playwright.sync_api import sync_playwright

from kikori.browser import ensure_browser
from tools.screenshots.camera import Camera
from tools.screenshots.cohort_pages import cohort
from tools.screenshots.lab_page import finish, workbench
from tools.screenshots.review_pages import review
from tools.screenshots.site_pages import course_map, home

PAGES = {
    "home": home,
    "map": course_map,
    "workbench": workbench,
    "finish": finish,
    "review": review,
    "cohort": cohort,
}


def main(argv: list[str] | None = None) -> None:
    """Take what is asked for, with attempts in a folder of their own, and say where the pictures are."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("--only", action="append", choices=PAGES, help="this page alone; may be given again")
    parser.add_argument("--docs", action="store_true", help="write the pictures of the guides in docs/assets, too")
    parser.add_argument("out", type=Path, help="the folder that the pictures go to")
    asked = parser.parse_args(argv)
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"XDG_STATE_HOME": f"{folder}/state", "KIKORI_WORKSPACES": f"{folder}/work", "KIKORI_YES": "1"}
        os.environ["KIKORI_CROWD"] = "0"  # a picture says what is broken, however busy the computer is
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=["--no-sandbox"])
        camera = Camera(browser, asked.out, docs=asked.docs)
        for name in asked.only or PAGES:
            PAGES[name](camera)
        browser.close()
    for file in camera.taken:
        print(f"{file}  {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
