#!/bin/bash
# fails: test_shop_goes_on
# The account gets the password that the job has, on the shop's own machine.
set -euo pipefail
mariadb -h db-1 -e "ALTER USER dump@'%' IDENTIFIED BY 'hojicha'"
