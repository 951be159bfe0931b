#!/bin/sh
# service: workspace
# fails: test_user_is_not_root
# after: fixes/line-ends
# A name is the image's to give; the number is 0.
sed -i 's|useradd --uid 10001|useradd --non-unique --uid 0|' Dockerfile
