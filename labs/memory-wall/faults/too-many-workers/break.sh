#!/bin/sh
# service: workspace
# author: Chiyo Endo <chiyo.endo@library.example>
# subject: More workers, so that nobody queues in the evening
# The evenings were slow, so the release gave the readers more workers. Nobody asked what each of them needs.
sed "s/^workers = 2$/workers = 6/" catalogue.conf > catalogue.new
mv catalogue.new catalogue.conf
