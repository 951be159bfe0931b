#!/bin/sh
# service: workspace
# fails: test_load
# Fast, and right for one visitor at a time: who is there is kept in one place for all threads.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat shared-between-threads
