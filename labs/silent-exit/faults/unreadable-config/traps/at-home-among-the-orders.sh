#!/bin/sh
# service: workspace
# fails: test_runs_what_was_released
# after: fixes/readable-by-all
# A home has a folder of libraries, whether anybody thinks of it or not.
sed -i 's|--home-dir /nonexistent|--home-dir /var/lib/orders|' Dockerfile
