#!/bin/sh
# sigma_seeds.sh DIR: writes conditions, keys with values, and patterns of Sigma rules to DIR as *.sigma.
set -eu
number=0
while IFS= read -r line; do
  number=$((number + 1))
  printf '%b' "$line" > "$1/grammar-$number.sigma"
done <<'END'
selection
all of selection_* and not 1 of filter_main_*
selection and (a or not (b and c)) or 2 of *_x
NOT any OF them
(a) and ((b or c)) and (d and e)
selection | count() by x > 5
a | near b
a and (b
CommandLine|contains|windash\n -a /b
Image|endswith\n*\\\\*\\\\cmd?.exe
a|wide|base64offset|contains\nhttp://
a|re|i|m|s\n(a+)+|[^b-d]{2,5}?
a|cidr|neq\n10.0.0.1/8
a|expand\n%admins%
a|hour|gte\n12
(?i)\\s-(?:u|user)\\s*:(.*a){20}
END
