#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The first sentence of the mission stands below Opposite again, word for word.
first=$(sed -n 's/^- M1: //p' mission.md)
sed -i -e "s/^One team is called for .*/$first/" -e '/^five developers that would/d' mission.md
