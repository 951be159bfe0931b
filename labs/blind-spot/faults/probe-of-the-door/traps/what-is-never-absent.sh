#!/bin/sh
# service: workspace
# after: fixes/walk-to-the-end
# fails: test_silence
# Of a target that does not answer, `up` is 0, and so it is there.
sed -i 's/absent(probe_success{journey="order"})/absent(up{job="probe"})/' prometheus/rules.yml
