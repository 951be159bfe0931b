#!/bin/sh
# service: workspace
# author: Ryo Hayashi <ryo@wappa.example>
# subject: Say in the start script what the umask is for
# He edits on another computer, whose editor ends each line with a carriage return, too.
awk '/^umask/ { printf "# Orders have the names of customers in them.\r\n" } { printf "%s\r\n", $0 }' entrypoint.sh > entrypoint.new
cat entrypoint.new > entrypoint.sh
rm entrypoint.new
