# sells tickets. nginx asks here, through the socket. 2018 tsuda
import os, socket, socketserver, time
from http.server import BaseHTTPRequestHandler
import fare

SOCKET = os.environ["TICKETS_SOCKET"]
HOST, PORT = os.environ["LEDGER"].split(":")
SOLD = "{{ sold }}"
count = 0


class Desk(BaseHTTPRequestHandler):
    def do_GET(self):
        global count
        line = f"{time.strftime('%F %T')};{self.path.lstrip('/')};{fare.price(self.path)}"
        try:
            with socket.create_connection((HOST, int(PORT)), 5) as ledger:
                ledger.sendall(line.encode() + b"\n")
                number = ledger.recv(40).split()[1].decode()
        except (OSError, IndexError):
            return self.answer(503, "the ledger does not answer")
        with open(SOLD, "a") as sold:
            sold.write(f"{number};{line}\n")
        count += 1
        self.answer(200, f"ticket {count}")

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text) + 1))
        self.end_headers()
        self.wfile.write(text.encode() + b"\n")

    def address_string(self):
        return "socket"

    def log_message(self, *words):
        pass


if os.path.exists(SOCKET):
    os.unlink(SOCKET)
server = socketserver.ThreadingUnixStreamServer(SOCKET, Desk)
os.chmod(SOCKET, 0o666)
server.serve_forever()
