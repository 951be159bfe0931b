#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/we-carry
# At what one can look is not decided yet.
sed -i '0,/^- 見れば分かること: /s/^- 見れば分かること: .*/- 見れば分かること: これについては、まだ決めていない/' mission.ja.md
