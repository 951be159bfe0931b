#!/bin/sh
# service: workspace
sed '/def sheet(/,/return pages/{
/mkstemp(/d
/try:/d
/finally:/d
/os.unlink/d
s/^ *with open(name.*/        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as sheet:/
s/^ *sheet.write(.*/&\
            sheet.flush()/
s/^ *\(command = .*\), name]$/            \1, sheet.name]/
s/^ *pages = /            pages = /
}' desk.py | sed 's/^ *sheet.write/            sheet.write/' > desk.new
mv desk.new desk.py
