#!/bin/sh
# service: workspace
# fails: test_order_outlives_a_stop
# after: fixes/readable-by-all
# A morning never had more.
sed -i 's|^        if asked\["count"\] > self.limit:|        self.taken = getattr(self, "taken", 0) + 1\
        if self.taken > 20:\
            raise Refused("we are full")\
&|' orders.py
