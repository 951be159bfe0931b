#!/bin/sh
# fails: test_orders_are_taken
# Nothing waits where nothing is taken.
rm /etc/service/desk
sv exit /etc/sv/desk
