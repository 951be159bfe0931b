#!/bin/sh
# A question changes nothing at the depot, so it may be asked twice; a kept line is given little time.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/depot.py")
text = file.read_text()
text = text.replace(
    """        line = self.take()
        try:
            found = [line.find(number) for number in numbers]
        except BaseException:
            line.close()
            raise
""",
    """        line = self.take()
        line.sock.settimeout(0.4)
        try:
            found = [line.find(number) for number in numbers]
        except OSError:
            line.close()
            line = Line(self.settings)
            found = [line.find(number) for number in numbers]
""",
)
file.write_text(text)
PY
sv restart desk
