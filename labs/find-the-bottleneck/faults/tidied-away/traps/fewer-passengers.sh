#!/bin/sh
# service: passengers
# after: fixes/by-phone
# fails: test_others_are_as_they_were
# Half as many look around now.
sed -i 's/^WALKERS, TRAIN = .*/WALKERS, TRAIN = 6, 1/' /srv/around/passengers.py
sv restart passengers
