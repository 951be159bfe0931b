#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# The command asks at a port at which nothing listens any more.
sed -i 's,:[0-9]*/snapshot,:7044/snapshot,' design.md
