#!/bin/sh
# service: metrics
# fails: test_services_are_up
# What is never up can't go down.
kill -HUP 1
sleep 10
