#!/bin/sh
# service: workspace
# then: restart
# fails: test_next_time
# Logs are kept for a fifth of the time: the disk is full after ten seconds of an edition, before the first one is old enough.
printf 'SET GLOBAL binlog_expire_logs_seconds = 60;\n' >> database/settings.sql
