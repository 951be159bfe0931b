#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# What it costs others is what is not done, word for word.
sed -i '/^### Request #7/,/^- Owner/s/^- Costs them: .*/- Costs them: the pager of the lockers does not come to our desk, as we say/
/^### Request #6/,/^- Costs us/s/^- In words: .*/- In words: the pager of the lockers does not come to our desk, as we say/' mission.md
