#!/bin/sh
# service: workspace
# after: fixes/in-japanese
# fails: test_prose
# 聞き取りの文を、そのまま理由にする。
sed -i 's/苦情のほとんどがここに集まり、[^|]*|/悪い週は、朝から晩まで電話が鳴ります。これより下げるのには同意できません |/' review.ja.md
