#!/bin/sh
# Prints the slip that the cook works from: slip.sh TICKET NAME DISH
set -eu

print_slip() {
  sleep 0.05 # the printer warms up
  printf 'ticket %s\n%s for %s\n' "$1" "$3" "$2" > "/var/lib/kitchen/slips/$1.new"
  mv "/var/lib/kitchen/slips/$1.new" "/var/lib/kitchen/slips/$1.txt"
}

print_slip "$@"
