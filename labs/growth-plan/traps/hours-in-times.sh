#!/bin/sh
# service: workspace
# fails: test_year
# after: fixes/milk-and-bills
# Hours are told as times.
sed -i '/^| Hours of what came again /s/ h / times /' plan.md
