#!/bin/sh
# service: workspace
# fails: test_nothing_left_running
# A worker has no more than four helpers that wait; whoever puts a book on hold meanwhile gets a number, and the book no slip.
sed 's/^\( *\)subprocess.Popen(\(.*\))$/\1helpers = [one for one in getattr(self, "helpers", []) if one.poll() is None]\
\1self.helpers = helpers\
\1if len(helpers) < 4:\
\1    helpers.append(subprocess.Popen(\2))/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
