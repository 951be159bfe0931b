#!/bin/sh
# service: workspace
# A transaction of the job in which nothing happens for a second is ended by the database.
sed 's|^        books.begin()|        cursor.execute("SET SESSION idle_transaction_timeout = 1")\
&|' jobs/nightly.py > nightly.new
cat nightly.new > jobs/nightly.py
rm nightly.new
