#!/bin/sh
# service: workspace
# A statement that does not come within a second ends the job, and its transaction with it; the next night has all of it.
sed 's|\(statement?night={night}"\))|\1, timeout=1)|' jobs/nightly.py > nightly.new
cat nightly.new > jobs/nightly.py
rm nightly.new
