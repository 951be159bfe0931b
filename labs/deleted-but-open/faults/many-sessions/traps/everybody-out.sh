#!/bin/sh
# fails: test_sessions_in_use_stay
printf '#!/bin/sh\nfind /data/sessions -type f -delete\n' > /etc/often/sessions
