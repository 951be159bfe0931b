#!/bin/sh
# service: workspace
# fails: test_facts
# after: fixes/in-japanese
# A number in Japanese, and a doubt behind it.
sed -i '/スナップショットなしで済む夜/s/晩 |/晩ぐらい |/' design.ja.md
