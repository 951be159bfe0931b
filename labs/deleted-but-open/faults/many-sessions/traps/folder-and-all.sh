#!/bin/sh
# fails: test_sign_in
rm -r /data/sessions
sed -i "s|sess_\*|roof-*|" /etc/often/sessions
