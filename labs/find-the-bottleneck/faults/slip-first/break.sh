#!/bin/sh
# service: desk
# "No claim without its slip": what can't be printed shall not be kept.
sed -i 's/^    printer.print_slip(number, told)$/    &/' /srv/desk/desk.py
sv restart desk
