#!/bin/sh
# service: workspace
# fails: test_user
# after: fixes/exec-form
# The program is the service's own, in another folder.
sed -i -e 's|^COPY --chmod=644 kitchen.py .*|COPY --chown=kitchen kitchen.py /app/kitchen.py|' Dockerfile
sed -i 's|/srv/kitchen/kitchen.py|/app/kitchen.py|' entrypoint.sh
