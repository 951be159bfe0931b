#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/we-carry
# A thing of the vision is put off in Japanese.
sed -i 's/^2\. この部屋の壁.*/2. 二つ目は、もう少し考えてから書く。/' mission.ja.md
