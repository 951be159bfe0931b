#!/bin/sh
# service: workspace
# fails: test_sheet
sed 's|return 200, self.harbour.sheet(int(match\[2\]))|return 404, "printing is closed today\\n"|' desk.py > desk.new
mv desk.new desk.py
