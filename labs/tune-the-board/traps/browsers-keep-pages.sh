#!/bin/sh
# service: workspace
# fails: test_routes
# Fast, since browsers were told to keep whatever the application sends.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat browsers-keep-pages
