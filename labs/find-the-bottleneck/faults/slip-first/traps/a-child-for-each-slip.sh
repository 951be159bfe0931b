#!/bin/sh
# service: desk
# after: fixes/commit-first
# fails: test_nothing_piles_up
# A process of its own prints each slip, and nobody collects it when it has ended.
sed -i 's/^    printer.print_slip(number, told)$/    if os.fork() == 0:\n    &\n        os._exit(0)/' /srv/desk/desk.py
sv restart desk
