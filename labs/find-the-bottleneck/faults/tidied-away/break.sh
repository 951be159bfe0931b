#!/bin/sh
# service: database
# "Indexes cost, and this one was not used once", said the statistic of a Sunday.
mkdir -p /srv/migrations
cat > /srv/migrations/014-tidy-up.sql <<'END'
-- Indexes that were not read between Sunday 00:00 and 24:00, according to the statistics.
ALTER TABLE claims DROP KEY by_phone;
END
mariadb lost < /srv/migrations/014-tidy-up.sql
