"""Write what is known of the service, and show them over HTTP."""

from __future__ import annotations

import http.server
import os
from functools import partial
from pathlib import Path

from drawn_house.draw import house_of
from drawn_house.tell import files_of

FOLDER = Path("/records")


class Records(http.server.SimpleHTTPRequestHandler):
    """Shows every file as text, so that a browser does not save it."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Everything is text, but for the list of files."""
        return "text/html; charset=utf-8" if str(path).endswith("/") else "text/plain; charset=utf-8"


for name, text in files_of(house_of(int(os.environ["KIKORI_HOUSE"]))).items():
    (FOLDER / name).write_text(text, encoding="utf-8")
http.server.ThreadingHTTPServer(("", 8000), partial(Records, directory=str(FOLDER))).serve_forever()
