#!/bin/sh
# service: database
# All tags are whole numbers without leading zeros, so the column may say so.
mariadb lost -e 'ALTER TABLE items MODIFY tag INT UNSIGNED NOT NULL'
