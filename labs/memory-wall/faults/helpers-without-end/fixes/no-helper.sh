#!/bin/sh
# service: workspace
# The service can write a file without another process.
sed 's/^\( *\)subprocess.Popen.*/\1text = "Town library of {}\\nHold {id}\\nBook {book}, for reader {reader}\\n"\
\1text = text.format(os.environ["LIBRARY_TOWN"], **hold)\
\1self.slip(hold["id"]).write_text(text, encoding="utf-8")/' catalogue.py > catalogue.new
mv catalogue.new catalogue.py
