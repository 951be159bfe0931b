#!/bin/sh
# service: workspace
# Tables, statements, files and work done once; one worker and the stock settings of nginx and MariaDB stay.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended remarks-unindexed,author-per-remark,remarks-per-picture,no-limit,pictures-unindexed,misleading-index,pictures-in-the-table,static-by-the-app,digest-by-subprocess,template-environment-per-request,session-read-again,counters-by-scan
