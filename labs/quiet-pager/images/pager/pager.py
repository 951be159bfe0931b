"""The pager: keeps what rang, when and for whom; its page is what the one on call looks at.

POST /page and /ticket take Alertmanager's webhook. GET /rings?after=NUMBER tells them as JSON, GET / as a page.
"""

import html
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEPT = 500
SHOWN = 60
REHEARSAL = "http://rehearsal"
"""What a rehearsal's Alertmanager calls itself."""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Pager</title><style>
:root {{ color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }} body {{ max-width: 56rem;
margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }} td, th {{ text-align: left; padding: .3rem .6rem;
border-bottom: 1px solid #8886; vertical-align: top }}
.page {{ font-weight: bold }} .quiet {{ opacity: .65 }}
</style><h1>Pager</h1><p>{rang}</p><table>
<tr><th>when</th><th>to</th><th>what</th><th>what to do</th></tr>{rows}</table></html>"""
ROW = '<tr class="{kind}"><td>{when}</td><td>{to}</td><td>{what}</td><td>{link}</td></tr>'

lock = threading.Lock()
rings: list[dict] = []
started = time.time()


def keep(to: str, said: dict) -> None:
    """Write down what came; what is over does not ring."""
    firing = [alert for alert in said.get("alerts", []) if alert.get("status") == "firing"]
    if not firing:
        return
    source = "rehearsal" if str(said.get("externalURL", "")).startswith(REHEARSAL) else "live"
    alerts = [{"labels": alert.get("labels", {}), "annotations": alert.get("annotations", {})} for alert in firing]
    with lock:
        number = rings[-1]["number"] + 1 if rings else 1
        rings.append({"number": number, "time": time.time(), "to": to, "source": source, "alerts": alerts})
        del rings[:-KEPT]


def row(ring: dict) -> str:
    """A ring as a line of the page."""
    what, links = [], []
    for alert in ring["alerts"]:
        name, notes = alert["labels"].get("alertname", "?"), alert["annotations"]
        what.append(html.escape(f"{name}: {notes.get('summary', 'no summary')}"))
        links.append(html.escape(notes.get("runbook_url", "")))
    to = ring["to"] + (" (rehearsal)" if ring["source"] == "rehearsal" else "")
    return ROW.format(
        kind="page" if ring["to"] == "page" and ring["source"] == "live" else "quiet",
        when=time.strftime("%H:%M:%S", time.localtime(ring["time"])),
        to=html.escape(to),
        what="<br>".join(what),
        link="<br>".join(dict.fromkeys(links)),
    )


def page() -> str:
    """What the one on call sees."""
    with lock:
        seen = list(rings)
    pages = sum(ring["to"] == "page" and ring["source"] == "live" for ring in seen)
    rang = f"{pages} pages in the {int(time.time() - started) // 60 + 1} minutes since this pager was switched on."
    return PAGE.format(rang=rang, rows="".join(map(row, reversed(seen[-SHOWN:]))))


class Pager(BaseHTTPRequestHandler):
    """HTTP in front of it."""

    def do_POST(self) -> None:
        """Something rings."""
        try:
            said = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            keep(self.path.strip("/"), said)
        except (ValueError, AttributeError):
            self.answer(400, "text/plain", "not what Alertmanager sends\n")
            return
        self.answer(200, "text/plain", "kept\n")

    def do_GET(self) -> None:
        """What rang."""
        asked = urlsplit(self.path)
        if asked.path == "/rings":
            after = int(parse_qs(asked.query).get("after", ["0"])[0])
            with lock:
                seen = [ring for ring in rings if ring["number"] > after]
            self.answer(200, "application/json", json.dumps(seen))
        else:
            self.answer(200, "text/html; charset=utf-8", page())

    def answer(self, status: int, kind: str, text: str) -> None:
        """Send text."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody needs it."""


ThreadingHTTPServer(("", 8080), Pager).serve_forever()
