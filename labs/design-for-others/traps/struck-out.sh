#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/read-from-the-files
# The purpose is struck out.
sed -i '/^It takes what/s/.*/~~&~~/' design.md
