#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/in-japanese
# 最初にすることは、別の場所にあると書く。
sed -i 's/^\(| .TallyDown. .*| \)[^|]* |$/\1上と同じである。上の欄を見てください |/' design.ja.md
