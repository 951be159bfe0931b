#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# The opposite is the mission once more.
sed -i '/^One team is called/,/^five developers/c Whoever changes a service at Machikado can also bring it back at three in the morning, without one of us. Therefore we carry no pager of others, and give up being the first who know what is wrong.' mission.md
