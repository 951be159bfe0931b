#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_last_log
# What was missed and loud was kept, and nobody wrote.
sed -i 's/Worked on since April, and still missed/Kept in every week of the quarter, and nobody wrote to us/' review.md
