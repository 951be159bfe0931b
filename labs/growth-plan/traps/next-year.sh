#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# A step is done after the quarter for which the hours were counted.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/desk" <<'COUNT'
import os
import re
import sys

sys.path.insert(0, sys.argv[1])
from drawn_year.draw import Year

y = Year(os.environ["KIKORI_YEAR"])
text = open("plan.md").read()
text = re.sub(r"(?m)^(. how a delivery .* 6 . )[-\d]+", rf"\g<1>{y.ends.year + 1}-03-01", text)
open("plan.md", "w").write(text)
COUNT
