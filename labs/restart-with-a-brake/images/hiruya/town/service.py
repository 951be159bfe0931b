"""A service of Hiruya: it answers, is slow, hangs, and begins anew when it is restarted."""

import secrets
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

STEP = 0.05
LINES = 40
"""Lines of the log that a process has."""


class Service:
    """One service with the process that it has now."""

    def __init__(self, name: str, port: int, warm: float) -> None:
        self.name, self.port = name, port
        self.warm, self.delay, self.evidence = warm, 0.0, "well"
        self.generation = 0
        self.hangs_again = False
        self.cases: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._begin(time.time())

    def _begin(self, ready: float) -> None:
        """Start a new process; of the old one nothing is left."""
        self.generation += 1
        self.number, self.began, self.ready = secrets.randbelow(30000) + 300, time.time(), ready
        self.hanging = False
        self.marks = [f"order-{secrets.token_hex(6)}" for _ in range(2)]

    @property
    def answers(self) -> bool:
        """Whether somebody who asks now gets an answer."""
        return not self.hanging and time.time() >= self.ready

    def hang(self, again: bool = False) -> None:
        """From now on it answers nobody; with ``again`` a restart does not help it."""
        with self._lock:
            if not self.hanging:
                self.hanging = True
                self.cases.append({"at": time.time(), "marks": self.marks, "process": self.number})
            self.hangs_again = again

    def heal(self) -> None:
        """Let it be well, as if nothing had happened."""
        with self._lock:
            self.hangs_again = False
            self._begin(0.0)

    def restart(self) -> None:
        """Put a new process in the place of the old one."""
        with self._lock:
            again = self.hangs_again
            self._begin(time.time() + self.warm)
        if again:
            self.hang(again=True)

    def wait(self) -> bool:
        """Wait as long as whoever asks has to; gives whether there is an answer."""
        mine = self.generation
        time.sleep(self.delay)
        while mine == self.generation and not self.answers:
            time.sleep(STEP)
        return mine == self.generation

    def report(self) -> str:
        """What the process would tell somebody who looks at it; a restart takes all of it away."""
        state = "S (sleeping)" if self.hanging else "R (running)"
        waits = "read() on 192.0.2.9:9100, the printer in the kitchen" if self.hanging else "accept()"
        log = [f"{time.strftime('%H:%M:%S', time.gmtime(self.began + n))} accepted order {n:04}" for n in range(LINES)]
        head = [
            f"service {self.name}, process {self.number}, State: {state}, 14 threads, waits in {waits}",
            f"in memory, not yet handed to the kitchen: {self.marks[0]}",
            "connections: 3 ESTAB, 2 CLOSE-WAIT",
        ]
        return "\n".join([*head, "log:", *log, f"last line: accepted {self.marks[1]}"]) + "\n"

    def facts(self) -> dict[str, Any]:
        """What the lab's own tools are told of it."""
        return {"answers": self.answers, "generation": self.generation, "process": self.number, "cases": self.cases}

    def serve(self) -> None:
        """Answer at its port, in the background."""
        served = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if not served.wait():
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)  # the process is gone
                    return
                body = f"{served.name}: ok\n".encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        threading.Thread(target=Server(("", self.port), Page).serve_forever, daemon=True).start()


class Server(ThreadingHTTPServer):
    """One that survives a flood, and says nothing of those who went away."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        pass
