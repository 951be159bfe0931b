#!/bin/sh
# service: workspace
# fails: test_counted
# The fronts keep no log any more, for whoever writes less has more time: nobody counts now what customers get.
sed '/access_log .tmp.shop.log shop;/d' front/nginx.conf > nginx.new
cat nginx.new > front/nginx.conf
rm nginx.new
