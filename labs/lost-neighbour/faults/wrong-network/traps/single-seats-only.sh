#!/bin/sh
# service: workspace
# fails: test_booking
# after: fixes/seats-comes-to-the-pier
# A family would have to book one by one.
sed -i 's/if not 1 <= count <= 20:/if count != 1:/' seats.py
