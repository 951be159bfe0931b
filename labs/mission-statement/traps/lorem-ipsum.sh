#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# Printers' filler stands in the place of a sentence.
sed -i 's/^- M1: .*/- M1: lorem ipsum dolor sit amet consectetur adipiscing elit sed do/' mission.md
