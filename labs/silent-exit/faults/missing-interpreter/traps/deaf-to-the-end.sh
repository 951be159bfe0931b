#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# The script is written anew, and waits for its program.
printf '#!/bin/sh\nset -eu\numask 027\npython3 /srv/orders/orders.py "$@"\nexit $?\n' > entrypoint.sh
