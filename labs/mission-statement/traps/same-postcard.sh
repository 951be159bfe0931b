#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The vision is one thing in three wordings that differ by a number.
sed -i '/^- A station opens/c - On the evening of the 2 fireworks all docks are full, and our room is dark.' mission.md
