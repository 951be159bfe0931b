#!/bin/sh
# service: workspace
sed -e '/entrypoint.sh \/entrypoint.sh/d' -e 's|^ENTRYPOINT .*|ENTRYPOINT ["python3", "/srv/orders/orders.py"]|' \
  Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
