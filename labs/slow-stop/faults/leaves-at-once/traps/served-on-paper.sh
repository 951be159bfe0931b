#!/bin/sh
# service: workspace
# fails: test_dish_takes_its_time
# Nothing is ever lost that is in the book as served the moment it is ordered.
sed 's|^            cook.start()|            self.write(order)\
            return|' kitchen.py > kitchen.new
mv kitchen.new kitchen.py
