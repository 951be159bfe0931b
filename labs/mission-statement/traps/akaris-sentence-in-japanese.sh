#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/we-carry
# The example's sentence in Japanese, with the town's name in it.
sed -i 's/^M1: .*/M1: '"$(sed -n 's/^- M1: //p' "$KIKORI_LAB/workspace/example.ja.md" | sed 's/あかり/まちかど/')"'/' mission.ja.md
