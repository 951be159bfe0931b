#!/bin/sh
# service: workspace
# Its home is the volume, and Python is told to look neither there nor into the environment.
sed -i -e 's|--chmod=600|--chmod=644|' -e 's|--home-dir /nonexistent|--home-dir /var/lib/orders|' Dockerfile
sed -i 's|^exec python3|exec python3 -I|' entrypoint.sh
