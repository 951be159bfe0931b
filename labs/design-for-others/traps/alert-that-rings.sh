#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/in-japanese
# The same in Japanese: it is well when the alert rings.
sed -i '/^| | .active (running)./s/.active (running)./DocksSilent/' design.ja.md
