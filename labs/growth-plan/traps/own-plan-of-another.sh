#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/my-own-year
# The title names somebody else than the list does.
sed -i '1s/.*/# Growth plan of Mara Lind, February to April/' plan.md
