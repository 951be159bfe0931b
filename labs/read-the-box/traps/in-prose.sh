#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/with-tools
# Good to read for a person, and for no program.
cat > inventory.yaml <<'TEXT'
# The old server
It runs a web server: nginx, on two ports. Behind it: Python, with a ledger.
Jobs: one each hour, one each night.
TEXT
