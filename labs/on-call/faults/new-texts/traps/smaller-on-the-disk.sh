#!/bin/sh
# service: workspace
# then: restart
# fails: test_next_time
# Logs are compressed. Pictures can hardly be made smaller, so the disk lasts for some seconds more.
printf 'SET GLOBAL log_bin_compress = ON;\n' >> database/settings.sql
