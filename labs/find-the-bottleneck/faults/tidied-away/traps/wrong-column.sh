#!/bin/sh
# service: database
# fails: test_claims_page_reads_little
# The list is in the order of made_at, so an index on that must help, somebody thought.
mariadb lost -e 'CREATE INDEX by_time ON claims (made_at, phone)'
