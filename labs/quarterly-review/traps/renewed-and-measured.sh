#!/bin/sh
# service: workspace
# after: fixes/counted-with-python
# fails: test_verdicts
# What is merely renewed is counted in another way.
name=$(sed -n -E 's/^\| ([a-z-]+) \|( [0-9.]+ \|){3} renew \|$/\1/p' review.md | head -1)
sed -i "/^| tracking | keep /i | $name | measure | - | orders by telephone | Nobody has ever counted what these people hear there | W14 | Vera | - | all | 2026-10-08 |" review.md
