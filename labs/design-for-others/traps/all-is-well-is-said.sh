#!/bin/sh
# service: workspace
# fails: test_seen
# after: fixes/in-japanese
# Words of the screen that nothing shows, in Japanese.
sed -i '/^| | .active (running)./s/.active (running)./「正常に起動しました」/' design.ja.md
