#!/bin/sh
# fails: test_nothing_stays_behind
sed -i 's/-o 80/-o 4096/' /etc/service/desk/run
sv restart desk
