#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/read-from-the-files
# A row that the form does not have, with a value of the example.
sed -i 's/^| Port for metrics .*/&\n| Port for cars | 4411 | meter.service |/' design.md
