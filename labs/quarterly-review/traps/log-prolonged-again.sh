#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_last_log
# An exception that is over goes on in the log.
sed -i 's/The move is done, and the exception is over/Prolonged a second time, and suspended until 2026-10-08/' review.md
