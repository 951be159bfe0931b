#!/bin/sh
# service: workspace
# fails: test_next_time
# A pause of a tenth of a second between two tries, the same for everybody: still more tries than the provider has desks.
sed 's|^            print(f"order {number}: once more.*|&\
            time.sleep(0.1)|' checkout/checkout.py > checkout.new
cat checkout.new > checkout/checkout.py
rm checkout.new
