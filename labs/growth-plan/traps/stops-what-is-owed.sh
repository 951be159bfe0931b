#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/milk-and-bills
# The one work is stopped that a contract asks for.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^. W2 . [\d.]+", f"| W5 | {y.week['W5'].hours:g}", text)
open("plan.md", "w").write(text)
COUNT
