#!/bin/sh
# service: printer
# fails: test_others_are_as_they_were
# No printer stands at station 0, so nobody is slow there but for somebody who tries it.
sed -i 's/^        time.sleep(SECONDS)$/        time.sleep(0.02 if slip["station"] else SECONDS)/' /srv/around/printer.py
sv restart printer
