#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# What is to be seen is the step once more.
sed -i '/^| follow ten/s/[^|]*|$/ follow ten deliveries to their bills |/' plan.md
