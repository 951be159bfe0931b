#!/bin/sh
# service: workspace
# fails: test_user
# after: fixes/workers-that-fit
# The service has a folder of its own, and its program lies in it.
sed -e 's/^COPY --chmod=644 catalogue.py catalogue.conf .*/COPY --chmod=644 catalogue.conf \/srv\/catalogue\/\
COPY --chown=catalogue catalogue.py \/app\//' -e 's/^ENTRYPOINT .*/ENTRYPOINT ["python3", "\/app\/catalogue.py"]/' \
  Dockerfile > Dockerfile.new
mv Dockerfile.new Dockerfile
