#!/bin/sh
# service: passengers
# fails: test_services_are_up
# Without visitors there is load enough for nobody.
kill -HUP 1
sleep 10
