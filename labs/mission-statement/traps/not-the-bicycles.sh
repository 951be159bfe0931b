#!/bin/sh
# service: workspace
# fails: test_price
# after: fixes/we-carry
# A team is named that does not pay, in Japanese.
sed -i 's/^| 払う人 .*/| 払う人 | 自転車のチームではない |/' mission.ja.md
