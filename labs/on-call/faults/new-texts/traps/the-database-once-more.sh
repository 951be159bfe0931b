#!/bin/sh
# service: database
# then: restart
# fails: test_next_time
# A new start finds an empty disk, since this one does not outlive its container. The next edition fills it.
true
