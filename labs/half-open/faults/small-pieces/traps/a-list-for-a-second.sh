#!/bin/sh
# fails: test_list
# after: fixes/no-delay
# A round's list is remembered for a second, in which the depot may weigh a parcel again.
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/depot.py")
text = file.read_text()
text = text.replace("        self.quiet = []", "        self.lists = {}\n        self.quiet = []")
text = text.replace(
    "    def find(self, numbers):\n",
    "    def find(self, numbers):\n"
    '        """Ask for what was not asked for within a second."""\n'
    "        asked, found = self.lists.get(numbers[-1], (0, None))\n"
    "        if len(numbers) == 1 or time.monotonic() - asked > 1:\n"
    "            found = self.ask_for(numbers)\n"
    "            self.lists[numbers[-1]] = time.monotonic(), found\n"
    "        return found\n"
    "\n"
    "    def ask_for(self, numbers):\n",
)
file.write_text(text)
PY
sv restart desk
