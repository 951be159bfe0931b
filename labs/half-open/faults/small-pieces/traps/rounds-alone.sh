#!/bin/sh
# fails: test_single_question
# A round goes out in one piece; who asks for one parcel waits as before.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/depot.py")
text = file.read_text()
text = text.replace(
    "            found = [line.find(number) for number in numbers]\n",
    "            found = line.find_all(numbers) if len(numbers) > 1 else [line.find(number) for number in numbers]\n",
)
text = text.replace(
    "    def hung_up(self):\n",
    "    def find_all(self, numbers):\n"
    '        """What the depot knows of some parcels."""\n'
    "        bodies = [number.encode() for number in numbers]\n"
    '        first = self.ask(b"".join(b"FIND %d\\n" % len(body) + body for body in bodies))\n'
    "        return [json.loads(answer) for answer in (first, *(self.replies.readline() for _ in bodies[1:]))]\n"
    "\n"
    "    def hung_up(self):\n",
)
file.write_text(text)
PY
sv restart desk
