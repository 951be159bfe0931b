#!/bin/sh
# The same words in another mark-up: a browser shows what it showed before.
cat > /srv/www/index.html <<PAGE
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bus</title><style>h1 { color: teal }</style></head>
<body><h1>Village bus, line <b>$KIKORI_LINE</b></h1>
<p>The last bus to <em>$KIKORI_STOP</em> leaves at<br>21:$KIKORI_MINUTE.
</body></html>
PAGE
