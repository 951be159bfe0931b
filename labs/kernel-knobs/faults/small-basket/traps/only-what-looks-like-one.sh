#!/bin/sh
# service: workspace
# fails: test_garbled_reports
# after: fixes/as-the-kernel-has-it
# What has not three words is no report.
python3 - <<'END'
from pathlib import Path

program = Path("tickets.py")
text = program.read_text()


def put(old, new):
    global text
    assert old in text
    text = text.replace(old, new)


put(
    "        try:\n            name, number, people",
    "        if len(report.split()) != 3:\n            return\n        try:\n            name, number, people",
)
program.write_text(text)
END
