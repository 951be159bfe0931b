#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/read-from-the-files
# All incidents stand in one row.
every=$(grep -o 'INC-[0-9]*' design.md | paste -sd,)
sed -i -e "s/| INC-[0-9]* |$/| - |/" -e "/^| The database is damaged /s/| - |$/| $every |/" design.md
