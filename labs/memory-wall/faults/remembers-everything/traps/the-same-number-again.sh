#!/bin/sh
# service: workspace
# fails: test_workers_stay
# A worker that has remembered enough begins its program again: the process has its number, and nothing else, from before.
python3 - <<'END_OF_EDIT'
from pathlib import Path

program = Path("catalogue.py")
text = program.read_text()
text = text.replace(
    "            self.search(parse_qs(asked.query))\n",
    "            self.search(parse_qs(asked.query))\n"
    "            if len(self.catalogue.remembered) > 40:\n"
    "                self.wfile.flush()\n"
    "                self.connection.shutdown(socket.SHUT_WR)\n"
    '                os.execv(sys.executable, [sys.executable, __file__, str(self.server.socket.fileno())])\n',
)
text = text.replace(
    "    signal.signal(signal.SIGTERM, signal.SIG_DFL)\n",
    "    os.set_inheritable(door.fileno(), True)\n    answer_at(door)\n\n\n"
    'def answer_at(door):\n    """Be a worker."""\n    signal.signal(signal.SIGTERM, signal.SIG_DFL)\n',
)
text = text.replace(
    '    wanted, workers = settings.getint("server", "workers"), set()\n',
    "    if len(sys.argv) > 1:\n        answer_at(socket.socket(fileno=int(sys.argv[1])))\n"
    '    wanted, workers = settings.getint("server", "workers"), set()\n',
)
program.write_text(text)
END_OF_EDIT
