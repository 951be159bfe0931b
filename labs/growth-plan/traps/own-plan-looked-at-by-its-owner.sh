#!/bin/sh
# service: workspace
# fails: test_others
# after: fixes/my-own-year
# In a year of one's own the one whom the title names looks at the plan.
sed -i '1s/.*/# Growth plan of Mara, February to April/' plan.md
sed -i 's/| Mara |/| Tova |/' plan.md
