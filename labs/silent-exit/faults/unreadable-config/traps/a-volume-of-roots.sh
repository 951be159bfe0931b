#!/bin/sh
# service: workspace
# fails: test_settings
# after: fixes/readable-by-all
# On this computer the volume is the service's since long ago.
sed -i 's|install -d -o orders -g orders /var/lib/orders|install -d /var/lib/orders|' Dockerfile
