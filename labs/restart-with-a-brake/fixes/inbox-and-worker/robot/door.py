#!/usr/bin/python3
"""The door: who is it, and what for? A file in the inbox is the answer; a flood of messages is one file."""

import hmac
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SETTINGS = json.loads(Path("/etc/hiruya/settings.json").read_text())
TOKEN = Path("/etc/hiruya/webhook-token").read_text().strip()


class Door(BaseHTTPRequestHandler):
    def do_POST(self):
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), f"Bearer {TOKEN}".encode()):
            return self.answer(403)
        try:
            alerts = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))["alerts"]
            names = {str(alert["labels"]["alertname"]) for alert in alerts if alert["status"] == "firing"}
        except (ValueError, TypeError, KeyError):
            return self.answer(400)
        for name in names & set(SETTINGS["alerts"]):
            Path("inbox", name).touch()
        return self.answer(202)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


ThreadingHTTPServer(("", 9000), Door).serve_forever()
