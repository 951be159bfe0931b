#!/bin/sh
# service: database
# fails: test_claims_page_reads_little
# A short index is a small one: hundreds of people have a telephone that begins like this one.
mariadb lost -e 'CREATE INDEX by_phone ON claims (phone(6))'
