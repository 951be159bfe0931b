#!/bin/sh
# fails: test_nothing_is_lost
# A thread of the counter's waits now, with a list that has no end and no tomorrow.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/counter/events.py")
text = file.read_text()
text = text.replace(
    """        with self.lock:
            self.send(b"%d %s" % (len(line), line))
""",
    """        self.waiting.put(b"%d %s" % (len(line), line))

    def deliver(self):
        while True:
            self.send(self.waiting.get())
""",
)
text = text.replace(
    "        self.sock = None\n\n    def record",
    """        self.sock = None
        self.waiting = queue.SimpleQueue()
        threading.Thread(target=self.deliver, daemon=True).start()

    def record""",
)
file.write_text(text.replace("import socket\n", "import queue\nimport socket\n"))
PY
sv restart counter
