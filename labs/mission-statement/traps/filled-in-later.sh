#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# A thing of the vision is put off.
sed -i 's/^- A station opens on a Monday.*/- We will fill this one in later./' mission.md
