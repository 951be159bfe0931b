#!/bin/sh
# service: database
mariadb lost -e 'CREATE INDEX by_phone ON claims (phone)'
