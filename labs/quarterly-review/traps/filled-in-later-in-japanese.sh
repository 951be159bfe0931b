#!/bin/sh
# service: workspace
# after: fixes/in-japanese
# fails: test_prose
# The last part is put off in Japanese.
sed -i 's/^小包に書かれた宛名が.*/これについては、まだ決めていないので、あとで書く。もう少し考えてから、みんなで決める。/' review.ja.md
