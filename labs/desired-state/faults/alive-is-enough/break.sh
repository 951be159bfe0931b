#!/bin/sh
# service: workspace
# author: Mio Hasegawa <mio@yamabiko.example>
# subject: Spare the station a question each second
sed 's|8080/health|8080/|' stack.yaml > next.yaml
mv next.yaml stack.yaml
