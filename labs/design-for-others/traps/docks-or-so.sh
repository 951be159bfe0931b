#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/in-japanese
# A number of docks, and a word that takes it back.
sed -i '/snapshot/s/個以上 |/個以上のはず |/' design.ja.md
