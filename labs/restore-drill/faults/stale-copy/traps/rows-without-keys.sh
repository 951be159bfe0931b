#!/bin/bash
# fails: test_orders_are_back
# after: fixes/waits-for-the-position
# Every row is there, in tables that would take it twice.
set -euo pipefail
mariadb -h spare -e 'CREATE TABLE one AS SELECT * FROM orders; CREATE TABLE two AS SELECT * FROM payments;
  DROP TABLE payments, orders; RENAME TABLE one TO orders, two TO payments' shop
