#!/bin/sh
# service: desk
sed -i 's/^        printer.print_slip(number, told)$/    printer.print_slip(number, told)/' /srv/desk/desk.py
sv restart desk
