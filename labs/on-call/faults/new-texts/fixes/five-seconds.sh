#!/bin/sh
# service: workspace
# then: restart
# A binary log is kept for five seconds after its end: the vault comes every second, and an edition writes 1.2 MB in one.
printf 'SET GLOBAL binlog_expire_logs_seconds = 5;\n' >> database/settings.sql
