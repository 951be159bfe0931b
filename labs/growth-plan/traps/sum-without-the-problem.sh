#!/bin/sh
# service: workspace
# fails: test_sum
# after: fixes/milk-and-bills
# The sum leaves out the steps of the problem itself.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^. Hours planned .*", "| Hours planned | 28 h |", text)
open("plan.md", "w").write(text)
COUNT
