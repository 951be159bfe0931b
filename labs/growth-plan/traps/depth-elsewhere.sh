#!/bin/sh
# service: workspace
# fails: test_kinds
# after: fixes/milk-and-bills
# A second step into the depth is about another field.
sed -i '/^| read one tank/{h;p;g;s/.*| deep | milk tanks/| learn how bills are sent each night | deep | billing/;s/they have found.*/a bill of last May is explained on one card |/}' plan.md
