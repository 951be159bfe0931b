#!/bin/sh
# service: workspace
# author: Mio Hayashi <mio.hayashi@library.example>
# subject: Let readers turn pages without searching again
# Readers turn many pages, somebody said, so no search should be done twice.
sed -e '/while len(self.remembered)/d' -e '/self.remembered.popitem/d' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
