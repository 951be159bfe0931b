#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The example's sentence, with the town's name in it.
sed -i 's/^- M1: .*/- M1: Each team at Machikado can run what it has built, by day and by night, and needs us for that less each year./' mission.md
