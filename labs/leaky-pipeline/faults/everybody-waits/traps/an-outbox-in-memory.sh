#!/bin/sh
# fails: test_nothing_is_lost
# after: fixes/a-queue-for-the-store
# The counter answers first, and hands over what waits in memory. Told to end, it takes some seconds for the rest: it has
# them, and no agent is there.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/counter/events.py")
text = file.read_text()
text = text.replace(
    """        with self.lock:
            self.send(b"%d %s" % (len(line), line))
""",
    """        self.box.put(b"%d %s" % (len(line), line))

    def carry(self):
        while True:
            frame = self.box.get()
            while True:
                try:
                    self.send(frame)
                    break
                except OSError:
                    time.sleep(0.2)
            self.box.task_done()
""",
)
text = text.replace(
    "        self.sock = None\n\n    def record",
    """        self.sock = None
        self.box = queue.Queue()
        threading.Thread(target=self.carry, daemon=True).start()

    def record""",
)
file.write_text(text.replace("import socket\n", "import queue\nimport socket\n"))
file = Path("/srv/counter/counter.py")
text = file.read_text()
text = text.replace(
    "def main():\n",
    """def close(*_):
    end = time.monotonic() + 4
    while Counter.events.box.unfinished_tasks and time.monotonic() < end:
        time.sleep(0.05)
    os._exit(0)


def main():
""",
)
file.write_text(text.replace("signal.SIGTERM, lambda *_: os._exit(0)", "signal.SIGTERM, close"))
PY
sv restart counter
