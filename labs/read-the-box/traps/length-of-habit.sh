#!/bin/sh
# service: workspace
# fails: test_system
# after: fixes/with-tools
# Networks are taken for as long as they are at home.
long=24
grep -q '/24, set_by' inventory.yaml && long=16
sed -i -E "s|/[0-9]+, set_by|/$long, set_by|" inventory.yaml
