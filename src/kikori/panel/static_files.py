"""The built site over HTTP: each page with a policy that names its own scripts and styles by their hashes."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from kikori.panel.cached_files import accepts_gzip, answer, compressed, inside
from kikori.settings import Lang
from kikori.web.guard import POLICY

INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=.?application/json)[^>]*>(.*?)</script>", re.DOTALL)
STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
HEAD = re.compile(r"</head>", re.IGNORECASE)
BEGIN = """
import("/-/static/panel.js").then(
  () => sessionStorage.removeItem("again"),
  () => {
    const again = Number(sessionStorage.getItem("again"));
    sessionStorage.setItem("again", again + 1);
    if (again < 5) setTimeout(() => location.reload(), 1000);
    else for (const one of [document.body, document.documentElement]) one.classList.remove("kikori-live", "js");
  });
"""
"""Browsers drop what they are fetching when a network comes or goes, as with each scene, and keep a failed module."""
LIVE = f'<script type="module" data-kikori nonce="NONCE">{BEGIN}</script></head>'
SHEETS = ("panel", "workbench", "finish")
"""What a served page has more than one from a file server, which keeps its commands to copy."""
WORKBENCH = "data-workbench"
"""How the page of a lab says that it becomes a workbench, and so looks like one before a script has run."""


Fill = Callable[[str, Lang], str]


class Files:
    """The files of one built site."""

    def __init__(self, root: Path, fill: Fill = lambda page, lang: page) -> None:
        """``fill`` puts into a page, in its language, what only a served one has."""
        self.root = root.resolve()
        self.fill = fill

    async def __call__(self, request: Request) -> Response:
        """A page or a file of it.

        Raises:
            HTTPException: 404, there is none.
        """
        path = inside(self.root, request.path_params["path"])
        if path.is_dir():
            if not request.url.path.endswith("/"):
                return RedirectResponse(f"{request.url.path}/")
            path = path / "index.html"
        if not path.is_file():
            raise HTTPException(404)
        if path.suffix != ".html":
            return await answer(request, path)
        return await run_in_threadpool(_page, request, path, HTTPStatus.OK, self.fill)

    async def missing(self, request: Request, problem: Exception) -> Response:
        """Answer what is not there by the site's own page, in the language of the address."""
        page = self.root / ("ja" if _lang(request) == "ja" else "") / "404.html"
        if request.url.path.startswith("/-/") or not page.is_file():
            return PlainTextResponse(f"kikori: {HTTPStatus.NOT_FOUND.phrase}\n", HTTPStatus.NOT_FOUND)
        return _page(request, page, HTTPStatus.NOT_FOUND)


def _lang(request: Request) -> Lang:
    return "ja" if request.url.path.startswith("/ja/") else "en"


def _page(request: Request, path: Path, status: int, fill: Fill | None = None) -> Response:
    """A page, which is never kept: its nonce counts once."""
    text, scripts, styles = _prepared(path, path.stat().st_mtime_ns)
    nonce = secrets.token_urlsafe(16)
    own = {"script-src": scripts, "style-src": f"{styles} 'nonce-{nonce}'"}
    policy = "; ".join(f"{name} {value}" for name, value in (POLICY | own).items())
    headers = {"Content-Security-Policy": policy, "Vary": "Accept-Encoding"}
    whole = fill(text, _lang(request)) if fill else text
    data = HEAD.sub(LIVE.replace("NONCE", nonce), whole, count=1).encode()
    if accepts_gzip(request):
        return Response(
            compressed(data), status, media_type="text/html", headers=headers | {"Content-Encoding": "gzip"}
        )
    return Response(data, status, media_type="text/html", headers=headers)


@lru_cache(maxsize=500)
def _prepared(path: Path, changed: int) -> tuple[str, str, str]:
    """A page's text, and the scripts and styles that may count in it: ours, and those that stand in it."""
    text = path.read_text(encoding="utf-8")
    names = SHEETS if WORKBENCH in text else SHEETS[:1]
    links = "".join(f'<link rel="stylesheet" href="/-/static/{name}.css">' for name in names)
    text = HEAD.sub(f"{links}</head>", text, count=1)
    if WORKBENCH in text:
        text = text.replace("<body", '<body class="kikori-live"', 1)
    return text, _allowed("script-src", BEGIN, *INLINE.findall(text)), _allowed("style-src", *STYLE.findall(text))


def _allowed(directive: str, *written: str) -> str:
    """What the policy allows everywhere, and what stands in the page, by its digest (CSP level 3, section 2.3.1)."""
    digests = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in written)
    return " ".join([POLICY[directive], *dict.fromkeys(f"'sha256-{digest}'" for digest in digests)])
