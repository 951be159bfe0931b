#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# What is to be done is done at another company.
sed -i '/^| DocksSilent /s/[^|]* |$/ Compare the list of silent cars with the map of radio masts; a whole valley is a mast |/' design.md
