#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# Adjectives fill the sentence.
sed -i 's/^- M1: .*/- M1: Reliable, fast, reliable, fast, reliable and fast, reliable, fast./' mission.md
