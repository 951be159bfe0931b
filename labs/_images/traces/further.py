"""Spans handed on to another receiver, as long as there is one; nobody waits for it."""

import http.client
import queue
import threading
import time
import urllib.request

ASIDE = 15  # seconds without a further try once nobody answered


class Further:
    """Hands messages on to ``url``; to nobody where it is empty."""

    def __init__(self, url):
        self.url = url
        self.waiting = queue.Queue(maxsize=200)
        if url:
            threading.Thread(target=self.run, daemon=True).start()

    def give(self, body):
        """Take a message; what is too much is left out."""
        if self.url:
            try:
                self.waiting.put_nowait(body)
            except queue.Full:
                pass

    def run(self):
        """Send one message after the other."""
        while True:
            body = self.waiting.get()
            headers = {"Content-Type": "application/x-protobuf"}
            try:
                urllib.request.urlopen(urllib.request.Request(self.url, body, headers), timeout=3).close()
            except (OSError, http.client.HTTPException):
                time.sleep(ASIDE)
