#!/bin/sh
# fails: test_after_a_quiet_while
# After a rush and a lull, the first customer waits until each of many dead lines has said nothing.
sed -i -e 's/^pool = 4$/pool = 16/' -e 's/^check = no$/check = yes/' /etc/desk/desk.conf
sv restart desk
