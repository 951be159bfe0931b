#!/bin/sh
# service: workspace
# The database gives accounting eight connections and no more, whatever its jobs ask for.
echo "ALTER USER accounting@'%' WITH MAX_USER_CONNECTIONS 8;" >> database/settings.sql
