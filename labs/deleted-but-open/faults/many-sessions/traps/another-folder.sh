#!/bin/sh
# fails: test_ended_sessions_go
rm -r /data/sessions
install -d -o roofs /var/lib/sessions
sed -i 's|^folder = /data/sessions|folder = /var/lib/sessions|' /etc/roofs/roofs.conf
sv restart roofs
