#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# A work frees more hours than it has.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^. W1 . [\d.]+", f"| W1 | {y.week['W1'].hours * 2:g}", text)
open("plan.md", "w").write(text)
COUNT
