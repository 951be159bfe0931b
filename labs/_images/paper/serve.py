"""serve.py PACKAGE: write the records that a package draws from $NUMBER, and show them over HTTP."""

from __future__ import annotations

import http.server
import importlib
import os
import sys
from functools import partial
from pathlib import Path

FOLDER = Path("/records")


class Records(http.server.SimpleHTTPRequestHandler):
    """Shows every file as text, so that a browser does not save it."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Everything is text, but for the list of files."""
        return "text/html; charset=utf-8" if str(path).endswith("/") else "text/plain; charset=utf-8"


drawn = importlib.import_module(f"{sys.argv[1]}.tell").drawn
for name, text in drawn(int(os.environ["NUMBER"])).items():
    (FOLDER / name).write_text(text, encoding="utf-8")
http.server.ThreadingHTTPServer(("", 8000), partial(Records, directory=str(FOLDER))).serve_forever()
