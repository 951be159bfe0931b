#!/bin/sh
# service: workspace
# fails: test_harmless
# after: fixes/in-japanese
# The same in Japanese: the docks are asked, and it is the registry that is away.
sed -i 's/^| 一斉に報告が来る /| registry がない | no docks | tally-ask-again | registry の担当に電話をかける | トラックは昨日の計画で走る | - |\n&/' design.ja.md
