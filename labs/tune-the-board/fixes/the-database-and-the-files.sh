#!/bin/sh
# service: workspace
# Tables, statements and files; the application's own work stays as it was.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended remarks-unindexed,author-per-remark,remarks-per-picture,no-limit,pictures-unindexed,misleading-index,pictures-in-the-table,static-by-the-app,counters-by-scan
