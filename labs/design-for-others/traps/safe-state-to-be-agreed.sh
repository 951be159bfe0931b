#!/bin/sh
# service: workspace
# fails: test_prose
# after: fixes/read-from-the-files
# What is safe until morning is put off.
sed -i 's/^\(| The disk is full .*| \)[^|]* \(| [^|]* |\)$/\1still to be agreed on \2/' design.md
