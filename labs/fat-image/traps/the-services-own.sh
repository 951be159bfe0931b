#!/bin/sh
# fails: test_rights
# service: workspace
# after: fixes/two-stages
# The user that serves owns what it runs, and may rewrite it.
sed -i 's|^COPY labels.py|COPY --chown=65534:65534 labels.py|' Dockerfile
