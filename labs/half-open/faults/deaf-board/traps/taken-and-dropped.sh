#!/bin/sh
# fails: test_scans_are_kept
# Scans are answered at once and noted later, from a short queue; what does not fit in is gone.
sed -i 's/^board_patience = 0$/board_patience = 0.3/' /etc/desk/desk.conf
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/yard.py")
text = file.read_text()
text = text.replace("import select\n", "import collections\nimport select\n")
text = text.replace(
    "        self.handhelds, ",
    "        self.todo, self.more = collections.deque(maxlen=4), threading.Event()\n        self.handhelds, ",
)
text = text.replace(
    "        for port, meet in",
    "        threading.Thread(target=self.work, daemon=True).start()\n        for port, meet in",
)
text = text.replace(
    "    def scan(self, number, bay):\n",
    "    def scan(self, number, bay):\n"
    '        """Put a scan into the queue."""\n'
    "        self.todo.append((number, bay))\n"
    "        self.more.set()\n"
    "\n"
    "    def work(self):\n"
    '        """Note what is in the queue."""\n'
    "        while self.more.wait():\n"
    "            self.more.clear()\n"
    "            while self.todo:\n"
    "                self.note(*self.todo.popleft())\n"
    "\n"
    "    def note(self, number, bay):\n",
)
file.write_text(text)
PY
sv restart desk
