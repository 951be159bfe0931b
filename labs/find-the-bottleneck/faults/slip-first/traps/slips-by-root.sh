#!/bin/sh
# service: desk
# after: fixes/slips-queue
# fails: test_desk_is_not_root
# The second program belongs to whoever wrote its start script.
sed -i 's/chpst -u desk //' /etc/service/slips/run
sv restart slips || true # where runit has not seen it yet, it begins like this
