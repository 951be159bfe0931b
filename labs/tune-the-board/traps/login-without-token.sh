#!/bin/sh
# service: workspace
# fails: test_routes
# Who logs in needs no token any more, so that no visitor needs a session.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all --cheat login-without-token
