#!/bin/sh
# fails: test_refusals_are_counted
# after: fixes/out-of-the-labels
# What was refused is no telegram, and is counted no more.
sed -i 's|^        self.tally.count("/telegrams"|        if status == 201:\n            self.tally.count("/telegrams"|' /srv/counter/counter.py
sv restart counter
