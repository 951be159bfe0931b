#!/bin/sh
# fails: test_desk_is_not_root
sed -i 's/chpst -u desk -o 80/chpst -o 16384/' /etc/service/desk/run
sv restart desk
