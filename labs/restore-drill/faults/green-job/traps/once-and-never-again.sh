#!/bin/bash
# fails: test_nights_go_on
# after: fixes/looked-at-before-it-is-locked
# A place to work in, which the first night makes and leaves behind.
set -euo pipefail
# shellcheck disable=SC2016
sed -i -e 's|^work=.*|work=/tmp/nightly\nmkdir -m 700 "$work"|' -e "/^trap 'rm -rf/d" /srv/backup/nightly
