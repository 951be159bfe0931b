#!/bin/sh
# service: workspace
# fails: test_kept
# Fast, and what was written goes with the process.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat forgets-on-restart
