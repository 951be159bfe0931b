#!/bin/sh
# service: workspace
# fails: test_form
# after: fixes/read-from-the-files
# A column of one'''s own tells other values beside those that are compared.
sed -i '/^## Facts/,/^## Dep/{s/^| What .*/&Once more |/; s/^|---.*/&---|/; s/^| [A-Z].*|$/& 1 |/; s/Once more | 1 |/Once more |/}' design.md
