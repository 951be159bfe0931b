#!/bin/sh
# service: workspace
# fails: test_files_are_not_open
# Everybody may read it, and the web server's user may write it.
sed -i 's|--chmod=600 orders.conf|--chown=www-data:www-data --chmod=644 orders.conf|' Dockerfile
