#!/bin/sh
# service: workspace
# fails: test_grade
# The index that everybody finds. It pays, and it is not enough.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended remarks-unindexed
