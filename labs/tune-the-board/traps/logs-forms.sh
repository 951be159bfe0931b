#!/bin/sh
# service: workspace
# fails: test_passwords
# Fast, and the front writes down what was sent, to see why a form fails.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat logs-forms
