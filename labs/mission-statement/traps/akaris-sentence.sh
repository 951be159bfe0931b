#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The sentence of the example, with another name in no place.
sed -i 's/^- M1: .*/- M1: Each team at Akari can run what it has built, by day and by night, and needs us for that less each year./' mission.md
