#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Somebody looks at it a month and a day after the quarter.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys
from datetime import timedelta

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

ends = Year(os.environ["KIKORI_YEAR"]).ends
year, month = divmod(ends.year * 12 + ends.month, 12)
late = ends.replace(year=year, month=month + 1) + timedelta(days=1)
text = open("plan.md").read()
open("plan.md", "w").write(re.sub(r"(?m)^- Review: .*", f"- Review: {late}", text))
COUNT
