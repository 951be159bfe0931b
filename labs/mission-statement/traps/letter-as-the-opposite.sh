#!/bin/sh
# service: workspace
# fails: test_sentences
# after: fixes/we-carry
# The opposite is two sentences of a letter, in Japanese.
sed -i 's/^作ったチームが夜も自分で持つ。.*/支払いが止まると、誰も自転車を返せません。ページャーを引き受けてください。/' mission.ja.md
