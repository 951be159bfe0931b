#!/usr/bin/python3 -B
"""railway ledger|desk|gate|push: the programs of the cable railway, with the settings of /etc/railway.json."""

import asyncio
import json
import socket
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingUnixStreamServer

SET = json.loads(Path("/etc/railway.json").read_text())
DESK = Path("/run/desk/desk.sock")


def ledger():
    """Number every sale; from this machine alone."""
    door, count = socket.create_server(("127.0.0.1", SET["ledger_port"])), 0
    while True:
        caller, _ = door.accept()
        with caller, suppress(OSError):
            caller.settimeout(5)
            if line := caller.recv(200):
                with open(SET["book"], "ab") as book:
                    book.write(line)
                count += 1
                caller.sendall(b"number %d\n" % count)


def fare(path):
    """Children pay half, rounded up to ten."""
    whole = 800 if "both" in path else 410
    return (whole // 2 + 9) // 10 * 10 if "child" in path else whole


class Desk(BaseHTTPRequestHandler):
    """Sells a ticket for each visit."""

    sold = 0

    def do_GET(self):
        """Sell one."""
        line = f"{time.strftime('%F %T')};{self.path.lstrip('/')};{fare(self.path)}"
        try:
            with socket.create_connection(("127.0.0.1", SET["ledger_port"]), 5) as ledger:
                ledger.sendall(line.encode() + b"\n")
                number = ledger.recv(40).split()[1].decode()
        except (OSError, IndexError):
            return self.say(503, "the ledger does not answer")
        with open(SET["sold"], "a") as sold:
            sold.write(f"{number};{line}\n")
        Desk.sold += 1
        return self.say(200, f"ticket {Desk.sold}")

    def say(self, status, text):
        """Answer with a line."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(text) + 1))
        self.end_headers()
        self.wfile.write(f"{text}\n".encode())

    def address_string(self):
        """Say who asks: nobody can be seen behind a socket."""
        return "socket"

    def log_message(self, *words):
        """Keep quiet."""


def desk():
    """Sell tickets behind the web server."""
    DESK.unlink(missing_ok=True)
    server = ThreadingUnixStreamServer(str(DESK), Desk)
    DESK.chmod(0o666)
    server.serve_forever()


def gate():
    """Open for each who passes, on lines that are kept."""
    count, log = 0, open(SET["gate_log"], "a", buffering=1)

    async def keep(reader, writer):
        nonlocal count
        with suppress(OSError, ValueError):
            while said := await reader.readline():
                count += 1
                clean = "".join(chr(one) for one in said if 32 <= one < 127)
                log.write(f"{time.asctime()} {writer.get_extra_info('peername')[0]} {clean}\n")
                writer.write(b"open %d\n" % count)
                await writer.drain()
        writer.close()

    async def serve():
        door = await asyncio.start_server(keep, "0.0.0.0", SET["gate_port"])
        await door.serve_forever()

    asyncio.run(serve())


def push():
    """Tell the bank of the takings."""
    number = 0
    while True:
        number += 1
        word = Path("/home/ota/.bank-word").read_text()
        with suppress(OSError), socket.create_connection(("bank", SET["bank_port"]), 3) as bank:
            bank.sendall(f"takings {number} {time.strftime('%F.%T')} {word}\n".encode())
            bank.settimeout(3)
            bank.recv(100)
        time.sleep(SET["pause"])


{"ledger": ledger, "desk": desk, "gate": gate, "push": push}[sys.argv[1]]()
