#!/bin/sh
# service: workspace
# after: fixes/in-japanese
# fails: test_verdicts
# 維持と書き、10月まで停止する。
sed -i '/^| tracking | /s/| 維持 | - |/| 維持 | 10月8日 |/' review.ja.md
