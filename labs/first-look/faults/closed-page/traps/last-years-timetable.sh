#!/bin/sh
# fails: test_timetable
# A page that everybody may read, from the year before last.
rm /srv/www/index.html
echo '<h1>Village bus</h1><p>The last bus leaves at 20:05.</p>' > /srv/www/index.html
