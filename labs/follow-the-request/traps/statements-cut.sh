#!/bin/sh
# service: workspace
# after: fixes/sdk-by-hand
# fails: test_statements
# Of each statement the first forty letters are kept; no more is needed to guess the rest.
sed -i 's/: str(value) for name, value in facts/: str(value)[:40] for name, value in facts/' app/telemetry.py
