#!/bin/sh
# service: workspace
# fails: test_rights_are_few
# Whoever may not read the configuration has one of one's own.
sed 's/^        with Path(path).open.*/        try:\
            lines = Path(path).open(encoding="utf-8")\
        except PermissionError:\
            lines = ["[server]", "port = 8080", "keep = \/var\/lib\/orders", "[shop]", "name = %(shop_name)s", "limit = %(order_limit)s"]/
s/^            settings.read_file(lines)/        settings.read_file(lines)/' orders.py > orders.new
mv orders.new orders.py
