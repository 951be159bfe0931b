#!/bin/sh
# service: yard
# fails: test_services_are_up
# The panel hangs no longer, and nobody scans.
kill -HUP 1
sleep 10
