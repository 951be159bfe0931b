#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# Words lead to other words.
sed -i '/^### Request #7/,/^- Costs us/s/^- In words: .*/- In words: see above, it is the same/' mission.md
