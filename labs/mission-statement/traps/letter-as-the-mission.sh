#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# A sentence of a letter becomes one of the mission.
sed -i "s/^- M2: .*/- M2: We have no time before the new stations open, and nobody here has ever done it./" mission.md
