#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/we-carry
# A heading says more in Japanese, and the decisions are those of somebody else.
sed -i 's/^## 判断.*/## 判断（リンのもの）/;s/^## 三つの判断.*/## 判断（リンのもの）/' mission.ja.md
