#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_last_log
# What was missed and loud was kept.
sed -i 's/| no | Worked on since April/| yes | Worked on since April/' review.md
