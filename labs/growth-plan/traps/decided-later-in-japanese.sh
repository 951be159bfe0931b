#!/bin/sh
# service: workspace
# fails: test_words
# after: fixes/a-restore
# 選んだ理由を、先に延ばす。
sed -i 's/^- 選んだ理由.*/- 選んだ理由: これについては、まだ決めていない。もう少し考えてから書く/' plan.ja.md
