#!/bin/bash
# limits_test.sh ROOT: docs/limits.md has every limit of schema/limits.h and of sensor_set.h, with its
# value, and no other.
set -euo pipefail
cd "$1"

in_code() {
  sed -nE 's/^inline constexpr [a-z0-9_]+ (k[A-Za-z]+) = ([^;]+);.*/\1 \2/p' \
    schema/limits.h schema/sensor_set.h |
    sed -E "s/uint64_t\{([0-9]+)\} << 20/\1 MiB/; s/'/,/g" | sort
}
in_page() { sed -nE 's/^\| `(k[A-Za-z]+)` \| ([^|]+) \|.*/\1 \2/p' docs/limits.md | sort; }

count=$(in_code | wc -l)
if ((count == 0)); then
  echo "no limits found in the code: nothing was compared"
  exit 1
fi
diff -u --label schema/limits.h --label docs/limits.md <(in_code) <(in_page)
echo "$count limits, all in docs/limits.md"
