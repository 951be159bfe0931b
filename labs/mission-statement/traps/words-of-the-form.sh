#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The form's own line stands in the place of a sentence.
sed -i 's/^- M1: .*/- M1: One to three sentences, M1 to M3: whose state is to become another, which one, and what is given up for it./' mission.md
