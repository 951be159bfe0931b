#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# What one would see is left for later.
sed -i 's/^- Seen by: .*/- Seen by: to be decided when all three of us have met again/' mission.md
