#!/bin/sh
# service: workspace
# then: restart
# fails: test_vault
# As little as can be kept: a log is gone within a second, and the vault has not been there yet.
printf 'SET GLOBAL max_binlog_size = 131072;\nSET GLOBAL max_binlog_total_size = 262144;\n' >> database/settings.sql
