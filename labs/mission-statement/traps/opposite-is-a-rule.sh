#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/teams-carry
# Below Opposite stands a rule of thumb.
sed -i -e '/^One team is called/,/^five developers/d' mission.md
sed -i '/^## Opposite/a \
\
While somebody stands before a closed locker, whoever can open it opens it.' mission.md
