#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/milk-and-bills
# Somebody looks at the plan before anything of it is due.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^- Review: .*", f"- Review: {y.begins}", text)
open("plan.md", "w").write(text)
COUNT
