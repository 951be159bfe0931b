#!/bin/sh
# A whole round is asked for in one write, and a parcel is a round of one.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/depot.py")
text = file.read_text()
text = text.replace(
    "            found = [line.find(number) for number in numbers]\n",
    "            found = line.find_all(numbers)\n",
)
text = text.replace(
    "    def hung_up(self):\n",
    "    def find_all(self, numbers):\n"
    '        """What the depot knows of some parcels."""\n'
    "        bodies = [number.encode() for number in numbers]\n"
    '        self.sock.sendall(b"".join(b"FIND %d\\n" % len(body) + body for body in bodies))\n'
    "        answers = [self.replies.readline() for _ in bodies]\n"
    "        if not all(answers):\n"
    '            raise ConnectionError("the depot hung up")\n'
    "        self.used = time.monotonic()\n"
    "        return [json.loads(answer) for answer in answers]\n"
    "\n"
    "    def hung_up(self):\n",
)
file.write_text(text)
PY
sv restart desk
