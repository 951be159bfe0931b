#!/bin/sh
# service: workspace
# fails: test_users
# Pictures stay in the table, and the application runs as root, since a file could not be written.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended remarks-unindexed,author-per-remark,remarks-per-picture,no-limit,pictures-unindexed,misleading-index,static-by-the-app,digest-by-subprocess,template-environment-per-request,session-read-again,counters-by-scan
echo 'USER root' >> app/Dockerfile
