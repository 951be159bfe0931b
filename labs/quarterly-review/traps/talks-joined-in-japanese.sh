#!/bin/sh
# service: workspace
# after: fixes/in-japanese
# fails: test_prose
# 聞き取りの二つの文をつないで、理由にする。
sed -i 's/変わったばかりなので、[^|]*|/変更の後、人は電話機の上で待っているのに、数えているのは、まだこちら側である |/' review.ja.md
