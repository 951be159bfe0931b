#!/bin/sh
# fails: test_graph_counts
# after: fixes/out-of-the-labels
# While at it: who needs the method, where there is but one?
sed -i 's/"method": "POST", //' /srv/counter/counter.py
sv restart counter
