#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The vision has a fourth thing.
printf '%s\n' '- A tourist asks at the station who keeps it going, and gets a shrug.' >> mission.md
