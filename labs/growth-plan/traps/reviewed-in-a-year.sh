#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Somebody looks at it when nobody remembers it.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^- Review: .*", f"- Review: {y.ends.replace(year=y.ends.year + 1)}", text)
open("plan.md", "w").write(text)
COUNT
