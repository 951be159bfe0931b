#!/bin/sh
# service: workspace
# fails: test_harbour_is_as_it_was
# Room for the phones, since there are hardly any boards any more.
sed "s/^ulimit .*/ulimit -S -n $((KIKORI_BOARDS + 40))/" run > run.new
cat run.new > run
rm run.new
printf '  harbour:\n    environment:\n      BOARDS: "10"\n' >> compose.yaml
