#!/bin/sh
# service: database
# fails: test_item_page_reads_little
# There was one already.
mariadb lost -e 'CREATE INDEX tag_again ON items (tag, station, kind)'
