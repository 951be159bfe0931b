#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# Each problem is counted once where occasions are asked for.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^. Occasions .*", f"| Occasions | {len(y.problems)} |", text)
open("plan.md", "w").write(text)
COUNT
