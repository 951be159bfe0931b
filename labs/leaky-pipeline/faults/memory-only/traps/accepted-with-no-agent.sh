#!/bin/sh
# fails: test_nothing_is_lost
# after: fixes/with-a-disk-behind
# Nobody should be refused while the agent is restarted: what it does not take then is not missed, somebody thought.
sed -i -e 's/time.monotonic() + self.patience/time.monotonic() - 1/' -e 's/^                    raise$/                    return/' /srv/counter/events.py
sv restart counter
