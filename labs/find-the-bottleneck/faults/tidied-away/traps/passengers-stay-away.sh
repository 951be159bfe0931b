#!/bin/sh
# service: passengers
# fails: test_services_are_up
# Without visitors there is load enough for nobody.
(sleep 0.05; kill -HUP 1) > /dev/null 2>&1 &
