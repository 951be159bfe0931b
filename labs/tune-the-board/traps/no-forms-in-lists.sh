#!/bin/sh
# service: workspace
# fails: test_routes
# Fast, since twenty forms fewer ask who is there; and nobody can say anything from a list.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat no-forms-in-lists
