#!/bin/sh
# fails: test_after_a_quiet_while
# Where the depot is silent for half a second, customers are told what was known before.
sed -i 's/^patience = 3$/patience = 0.5/' /etc/desk/desk.conf
python3 - <<'PY'
from pathlib import Path

file = Path("/srv/desk/depot.py")
text = file.read_text()
text = text.replace("        self.quiet = []", "        self.cache = {}\n        self.quiet = []")
text = text.replace(
    "        except BaseException:\n            line.close()\n            raise\n        self.give_back(line)\n",
    "        except OSError:\n"
    "            line.close()\n"
    "            if any(number not in self.cache for number in numbers):\n"
    "                raise\n"
    "            return [self.cache[number] for number in numbers]\n"
    "        self.cache |= dict(zip(numbers, found))\n"
    "        self.give_back(line)\n",
)
file.write_text(text)
PY
sv restart desk
