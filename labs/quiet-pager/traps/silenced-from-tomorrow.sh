#!/bin/sh
# fails: test_nothing_silenced
# service: alertmanager
# The same silence, to begin when the check is over.
amtool --alertmanager.url=http://127.0.0.1:9093 silence add --author=me --comment=quiet --start="$(date -u -d tomorrow +%Y-%m-%dT%H:%M:%SZ)" --end="$(date -u -d '60 days' +%Y-%m-%dT%H:%M:%SZ)" 'alertname=~".+"'
