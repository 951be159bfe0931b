#!/bin/sh
# service: database
# fails: test_claims_page_reads_little
# There is more memory now, a cache of answers as well, and all rows are still read for each page.
sed -i -e 's/^innodb_buffer_pool_size = .*/innodb_buffer_pool_size = 128M/' \
  -e 's/^max_connections.*/&\nquery_cache_type = 1\nquery_cache_size = 16M/' /etc/mysql/mariadb.conf.d/90-small.cnf
sv -w 20 restart mariadb
until mariadb-admin ping --silent; do sleep 0.1; done
