#!/bin/sh
# service: workspace
# fails: test_passwords
# Fast to log in: the password is kept beside its digest.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat plain-passwords
