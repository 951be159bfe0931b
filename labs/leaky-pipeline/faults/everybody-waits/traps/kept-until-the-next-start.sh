#!/bin/sh
# fails: test_nothing_is_held_back
# after: fixes/a-queue-for-the-store
# What no agent takes the counter keeps in a file, and hands over when it is started next; nobody says when that will be.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/counter/events.py")
text = file.read_text()
text = text.replace(
    """            self.send(b"%d %s" % (len(line), line))
""",
    """            frame = b"%d %s" % (len(line), line)
            try:
                self.send(frame)
            except OSError:
                with self.held.open("ab") as held:
                    held.write(frame + b"\\0")
""",
)
text = text.replace(
    "        self.sock = None\n\n    def record",
    """        self.sock = None
        self.held = Path("/var/lib/counter/held")
        if self.held.exists():
            for frame in self.held.read_bytes().split(b"\\0")[:-1]:
                self.send(frame)
            self.held.unlink()

    def record""",
)
file.write_text(text.replace("from datetime", "from pathlib import Path\nfrom datetime"))
PY
sed -i 's/^patience = .*/patience = 0.2/' /etc/counter/counter.conf
sv restart counter
