#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# The number of the program, in the unit of the form.
"$KIKORI_PYTHON" -B - "$KIKORI_LAB/images/records" > told.sed <<'WRITE'
import os
import sys

sys.path.insert(0, sys.argv[1])
from drawn_house.draw import house_of

house = house_of(int(os.environ["KIKORI_HOUSE"]))
print(f"/^| Largest /s,| {house.largest} ,| {house.largest * 1024} ,")
WRITE
sed -i -f told.sed design.md && rm told.sed
