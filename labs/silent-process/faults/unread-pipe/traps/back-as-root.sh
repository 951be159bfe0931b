#!/bin/sh
# fails: test_nobody_works_as_root
printf '#!/bin/sh\nexec python3 /srv/notes/tally.py\n' > /etc/sv/tally/run
ln -s /etc/sv/tally /etc/service/tally
