#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# The first action of an alert is put off.
sed -i 's/^\(| DocksSilent .*| \)[^|]* |$/\1to be decided, when we know more about it |/' design.md
