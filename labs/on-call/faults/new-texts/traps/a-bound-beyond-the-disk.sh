#!/bin/sh
# service: workspace
# then: restart
# fails: test_next_time
# There is a bound, and the disk ends before it does.
printf 'SET GLOBAL max_binlog_total_size = 64 * 1024 * 1024;\n' >> database/settings.sql
