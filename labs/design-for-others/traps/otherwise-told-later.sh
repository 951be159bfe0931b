#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/in-japanese
# 違ったときにすることを、先に延ばす。
sed -i 's/| もう1分待つ。[^|]*|/| まだ決めていない。後で書く |/' design.ja.md
