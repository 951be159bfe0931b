#!/bin/sh
# fails: test_addresses_are_not_nailed_down
getent ahostsv4 "labels.$KIKORI_CARRIER.example" | head -n 1 | while read -r address _; do
  echo "$address labels.$KIKORI_CARRIER.example" >> /etc/hosts
done
