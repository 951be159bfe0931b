#!/bin/sh
# service: workspace
# fails: test_failures
# after: fixes/in-japanese
# The same in Japanese, in a bracket.
sed -i 's/\(INC-[0-9]*\) |$/\1（無関係）|/' design.ja.md
