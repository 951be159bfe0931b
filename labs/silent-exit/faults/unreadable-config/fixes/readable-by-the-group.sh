#!/bin/sh
# service: workspace
sed 's|^USER orders|RUN chgrp orders /etc/orders/orders.conf \&\& chmod 640 /etc/orders/orders.conf\
USER orders|' Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
