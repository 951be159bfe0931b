#!/bin/sh
# fails: test_nothing_silenced
# service: alertmanager
# A silence over everything, for as long as it takes until somebody has time.
amtool --alertmanager.url=http://127.0.0.1:9093 silence add --author=me --comment=quiet --duration=1000h 'alertname=~".+"'
