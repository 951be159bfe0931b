#!/bin/sh
# service: workspace
# fails: test_given_up
# after: fixes/we-carry
# What it costs others is one Japanese sentence with another name each time.
sed -i -e '/^### 頼みごと #2/,/^- 担当/s/^- 相手の代償: .*/- 相手の代償: 支払いは何かを払うことになる/' \
    -e '/^### 頼みごと #8/,/^- 担当/s/^- 相手の代償: .*/- 相手の代償: 自転車は何かを払うことになる/' mission.ja.md
