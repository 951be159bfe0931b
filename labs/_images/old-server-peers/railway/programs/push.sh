# takings to the bank, for the treasurer. cron would do, but I have no time now.  ota
number=0
while :; do
  number=$((number + 1))
  printf 'takings %s %s\n' "$number" "$(date +%F.%T)" | ncat -w 3 bank @bank_port@
  sleep @pause@
done
