#!/bin/sh
# service: workspace
# One thread does nothing but read; another one writes. What waits then waits in the program, where it has room.
python3 - <<'PY'
from pathlib import Path

file = Path("tickets.py")
text = file.read_text()
old = """        while True:
            self.write(self.sock.recv(LARGEST))
"""
assert old in text
new = """        waiting = queue.SimpleQueue()
        threading.Thread(target=self.keep_book, args=(waiting,), daemon=True).start()
        while True:
            waiting.put(self.sock.recv(LARGEST))

    def keep_book(self, waiting):
        \"\"\"Write what has been taken.\"\"\"
        while True:
            self.write(waiting.get())
"""
text = text.replace(old, new).replace("import os\n", "import os\nimport queue\n")
file.write_text(text)
PY
sed 's/^receive_buffer = .*/receive_buffer = 32768/' tickets.conf > new.conf
mv new.conf tickets.conf
