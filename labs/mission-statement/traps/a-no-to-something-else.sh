#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/teams-carry
# A no gives up another request, and not the one that it refuses.
sed -i '/^### Request #9/,/^- In words/s/^- Not done: .*/- Not done: #4/' mission.md
