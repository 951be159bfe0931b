#!/bin/sh
# service: workspace
# Everything that the catalogue of defects tells of is mended.
"${KIKORI_PYTHON:-python3}" "$KIKORI_LAB/defects/write.py" --to . --mended all
