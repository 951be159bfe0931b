#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_last_log
# Kept in some weeks is neither kept nor missed.
sed -i 's/| no | Worked on since April/| in eight of thirteen weeks | Worked on since April/' review.md
