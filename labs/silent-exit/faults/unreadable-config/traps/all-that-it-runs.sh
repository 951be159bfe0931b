#!/bin/sh
# service: workspace
# fails: test_rights_are_few
# Whatever the service needs shall be its own.
sed 's|^USER orders|RUN chown -R orders /srv/orders /etc/orders /entrypoint.sh\
&|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
