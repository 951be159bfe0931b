#!/bin/sh
# service: workspace
# then: restart
# The binary logs may have half of their disk, which is five times as long as the vault needs; the oldest goes first.
printf 'SET GLOBAL max_binlog_total_size = 6 * 1024 * 1024;\n' >> database/settings.sql
