#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_statements
# Spans say that a database was asked, and not what.
sed -i 's/, attributes=about)/)/' app/telemetry.py
