#!/bin/sh
# fails: test_photos_are_kept
cd /data/photos || exit 1
find . -type f | sort | head -n 8 | xargs rm
