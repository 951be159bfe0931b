#!/bin/sh
# service: yard
# fails: test_services_are_up
# The panel hangs no longer, and nobody scans.
(sleep 0.05; kill -HUP 1) >/dev/null 2>&1 &
