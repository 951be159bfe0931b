#!/bin/sh
# service: metrics
# fails: test_services_are_up
# What is never up can't go down.
(sleep 0.05; kill -HUP 1) >/dev/null 2>&1 &
