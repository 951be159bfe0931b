#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/read-from-the-files
# A signal is named, and denied.
sed -i '/^| The database is damaged /s/| TallyDown, /| not TallyDown, /' design.md
