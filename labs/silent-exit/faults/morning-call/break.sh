#!/bin/sh
# service: orders
# Nothing is broken. Offices see the page and order; the browser of the kitchen's tablet asks for https since last
# night, and this port speaks plain HTTP.
set -eu
here=$(hostname):8080
curl -fsS --retry 20 --retry-delay 1 --retry-connrefused -o /dev/null "http://$here/"
curl -sk --max-time 3 -o /dev/null "https://$here/" || :
curl -fsS -o /dev/null --json '{"name": "Sasaki", "dish": "mackerel", "count": 4}' "http://$here/orders"
for _ in 1 2 3; do
  curl -sk --max-time 3 -o /dev/null "https://$here/" || :
done
curl -fsS -o /dev/null "http://$here/"
