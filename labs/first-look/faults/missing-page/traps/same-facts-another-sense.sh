#!/bin/sh
# fails: test_timetable
cat > /srv/www/index.html <<PAGE
<p>Bus to $KIKORI_STOP: the last one left at 18:05. Line 7. (21:$KIKORI_MINUTE is when line $KIKORI_LINE goes to the garage.)</p>
PAGE
