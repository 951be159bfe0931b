#!/bin/sh
# fails: test_timetable
# after: fixes/put-back
echo '<p>Correction: the last bus leaves at 22:30.</p>' >> /srv/www/index.html
