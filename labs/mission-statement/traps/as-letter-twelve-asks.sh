#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# In words a letter is cited that nobody wrote.
sed -i '/^### Request #7/,/^- Costs us/s/^- In words: .*/- In words: we take over your pager for good from Monday on, as #12 asks/' mission.md
