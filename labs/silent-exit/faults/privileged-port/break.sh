#!/bin/sh
# service: workspace
# Nobody should have to type a port, somebody thought.
for file in Dockerfile compose.yaml orders.conf; do
  sed 's/8080/80/g' "$file" > "$file.new"
  mv "$file.new" "$file"
done
