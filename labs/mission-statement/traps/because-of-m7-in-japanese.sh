#!/bin/sh
# service: workspace
# fails: test_because
# after: fixes/we-carry
# A reason in Japanese cites a sentence that the mission does not have.
sed -i '0,/^- 理由: /s/^- 理由: .*/- 理由: M7の文に書いてあるとおりで、夜の番を待つ必要はもうない/' mission.ja.md
