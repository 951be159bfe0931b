#!/bin/sh
# service: workspace
# fails: test_report
# Nothing is held while the statement is awaited, but orders of a night without one are in no report, and never will be.
sed 's|^        statement = ask|        books.commit()\
&|' jobs/nightly.py > nightly.new
cat nightly.new > jobs/nightly.py
rm nightly.new
