#!/bin/sh
# fails: test_room
find /data/sessions -name 'roof-*' -mmin +300 -delete
