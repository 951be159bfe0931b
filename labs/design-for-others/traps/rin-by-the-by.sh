#!/bin/sh
# service: workspace
# fails: test_without_its_author
# after: fixes/in-japanese
# The same in Japanese, in what to do otherwise.
sed -i '/^| 停止 /s/サーバーの当番を起こす/だめならリンに聞く/' design.ja.md
