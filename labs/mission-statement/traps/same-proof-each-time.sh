#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/teams-carry
# All three are seen by the same thing.
sed -i 's/^- Seen by: .*/- Seen by: the pages of last month, as they stand in the list/' mission.md
