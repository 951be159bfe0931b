#!/bin/sh
# service: workspace
# fails: test_files_are_not_open
# after: fixes/readable-by-all
sed -i 's|^COPY --chmod=644 orders.py|COPY --chown=www-data --chmod=644 orders.py|' Dockerfile
