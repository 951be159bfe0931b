#!/bin/sh
# service: workspace
# fails: test_nobody_else_corrects
# after: fixes/seats-comes-to-the-pier
# Who asks for the number from elsewhere gets nothing; who sets it does.
sed -i '/^\[correction\]/,/^port/s/^listen = .*/listen = 0.0.0.0/' seats.conf
python3 - <<'PYTHON'
with open("seats.py", encoding="utf-8") as file:
    text = file.read()
head = '        """The number in the store."""\n'
assert head in text
with open("seats.py", "w", encoding="utf-8") as file:
    file.write(text.replace(head, head + '        if self.client_address[0] != "127.0.0.1":\n            return\n'))
PYTHON
