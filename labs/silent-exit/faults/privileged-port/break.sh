#!/bin/sh
# service: workspace
# author: Kaori Shimizu <kaori@wappa.example>
# subject: Use the standard port of HTTP
# Nobody should have to type a port, she thought.
for file in Dockerfile compose.yaml orders.conf; do
  sed 's/8080/80/g' "$file" > "$file.new"
  mv "$file.new" "$file"
done
