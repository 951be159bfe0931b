"""Says yes to everything."""

from http.server import BaseHTTPRequestHandler, HTTPServer


class Yes(BaseHTTPRequestHandler):
    """Nothing is kept."""

    def do_GET(self):
        """Whatever is asked."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ok\n")

    def do_POST(self):
        """Whatever is ordered."""
        self.do_GET()


HTTPServer(("", 8080), Yes).serve_forever()
