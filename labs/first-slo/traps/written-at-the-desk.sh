#!/bin/sh
# service: desk
# fails: test_orders
# The script is right at the desk that runs, and in no file that the next deploy takes along.
cat > /srv/slo/orders-sli <<'END'
#!/bin/sh
jq -nr '[inputs
  | select(.method == "POST" and .uri == "/orders")
  | select(.user_agent | test("bot|spider|^python-requests/"; "i") | not)
  | .status < 500 and .status != 429 and .request_time < 1
] | "\(map(select(.)) | length) \(length)"' "$1"
END
