#!/bin/sh
# fails: test_others_stay_outside
# after: fixes/a-folder-that-stays
# How much is pending can be seen from the next room now. What can be seen there can be written to as well.
sed -i 's/httpListenAddr=127.0.0.1:8429/httpListenAddr=:8429/' /etc/service/vmagent/run
sv restart vmagent
