#!/bin/sh
# service: workspace
# fails: test_commands
# after: fixes/read-from-the-files
# A number of a process that nobody can know beforehand.
sed -i '/^| Two of them run /s/| .pgrep [^|]*|/| kill -TERM 1234 |/' design.md
