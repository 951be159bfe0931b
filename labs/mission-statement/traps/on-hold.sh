#!/bin/sh
# service: workspace
# fails: test_answers
# after: fixes/we-carry
# An answer that is put on hold, in Japanese.
sed -i 's/^| いいえ | 4番/| 保留 | 4番/' mission.ja.md
