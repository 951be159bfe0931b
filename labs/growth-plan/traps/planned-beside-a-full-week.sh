#!/bin/sh
# service: workspace
# fails: test_sum
# after: fixes/milk-and-bills
# More is planned than freed, and said to be left over.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^. W[23] .*\n", "", text)
freed = y.week["W1"].hours * 13
planned = float(re.search(r"Hours planned . ([\d.]+)", text)[1])
text = re.sub(r"(?m)^(. read one tank.*. )10 ", r"\g<1>40 ", text)
text = re.sub(r"(?m)^. Hours planned .*", f"| Hours planned | {planned + 30:g} h |", text)
text = re.sub(r"(?m)^. Hours freed .*", f"| Hours freed | {freed:g} h |", text)
text = re.sub(r"(?m)^. Left over .*", "| Left over | 0 h |", text)
open("plan.md", "w").write(text)
COUNT
