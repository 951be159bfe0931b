#!/bin/sh
# service: workspace
# fails: test_map
# after: fixes/milk-and-bills
# The part with most incidents stands where the one is asked for about which people ask.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
asked = max(y.parts.values(), key=lambda one: one.asked).name
other = max((one for one in y.parts.values() if one.name != asked), key=lambda one: one.incidents).name
text = re.sub(r"(?m)^. Asked about most .*", f"| Asked about most | {other} |", text)
open("plan.md", "w").write(text)
COUNT
