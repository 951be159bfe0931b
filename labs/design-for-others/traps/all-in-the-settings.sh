#!/bin/sh
# service: workspace
# fails: test_places
# after: fixes/read-from-the-files
# Whoever changed it there would change nothing.
sed -i '/^| \(Port\|Data\|Reports\)/s/ [a-z]*[.][a-z]* |$/ tally.toml |/' design.md
