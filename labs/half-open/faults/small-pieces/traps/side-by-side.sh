#!/bin/sh
# fails: test_single_question
# A round is asked for on many lines at once: the stalls overlap, and each is as long as before.
sed -i 's/^pool = 4$/pool = 16/' /etc/desk/desk.conf
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/desk.py")
text = file.read_text()
text = text.replace("import json\n", "from concurrent.futures import ThreadPoolExecutor\nimport json\n")
text = text.replace(
    "            found = self.depot.find(numbers)\n",
    "            with ThreadPoolExecutor(16) as crowd:\n"
    "                found = [part[0] for part in crowd.map(lambda number: self.depot.find([number]), numbers)]\n",
)
file.write_text(text)
PY
sv restart desk
