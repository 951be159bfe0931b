#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/we-carry
# The heading in Japanese names the company of the example.
sed -i '1s/.*/# あかりチケットの SRE チームのミッション/' mission.ja.md
