#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# A rule of thumb goes by another one that is not there.
sed -i 's/^- R2: .*/- R2: Whatever R5 has left open we do together, and once./' mission.md
