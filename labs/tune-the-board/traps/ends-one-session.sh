#!/bin/sh
# service: workspace
# fails: test_routes
# A ban ends the session of the last login; the member's other browsers stay logged in.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat ends-one-session
