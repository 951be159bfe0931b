"""The robot of the five quiet weeks: an alert comes, the service is restarted."""

import http.server
import json
import pathlib
import urllib.request

SETTINGS = json.loads(pathlib.Path("/etc/hiruya/settings.json").read_text())
TOKEN = pathlib.Path("/etc/hiruya/control-token").read_text().strip()


def restart(service):
    request = urllib.request.Request(f"{SETTINGS['control']}/services/{service}/restart", method="POST")
    request.add_header("Authorization", f"Bearer {TOKEN}")
    urllib.request.urlopen(request)


class Robot(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        for alert in message["alerts"]:
            restart(alert["labels"]["service"])
        self.send_response(200)
        self.end_headers()


http.server.ThreadingHTTPServer(("", 9000), Robot).serve_forever()
