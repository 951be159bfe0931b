#!/bin/sh
# service: workspace
# fails: test_alerts
# after: fixes/in-japanese
# Nobody is woken, in Japanese.
sed -i '/^| .TallyDown. /s/| 自転車 |/| 起きている人 |/' design.ja.md
