#!/bin/sh
# service: workspace
# fails: test_names
# after: fixes/read-from-the-files
# A path is asked that the program does not answer.
sed -i 's,/snapshot\(. |\)[^|]*|,/health\1 200 |,' design.md
