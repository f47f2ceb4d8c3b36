#!/bin/bash
# limits_test.sh ROOT: docs/limits.md has every limit of schema/limits.h, sensor_set.h and annotation.h,
# with its value, and no other. docs/channel-format.md has those of channel_limits.h in their order.
set -euo pipefail
cd "$1"

in_code() {
  sed -nE 's/^inline constexpr [a-z0-9_]+ (k[A-Za-z]+) = ([^;]+);.*/\1 \2/p' \
    schema/limits.h schema/sensor_set.h parser/annotation.h |
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

# The numbers alone: the page calls them by what they are of.
of_format() {
  sed -nE 's/^inline constexpr uint32_t kMax[A-Za-z]+ = ([^;]+);.*/\1/p' \
    parser/channel/channel_limits.h | sed -E "s/uint32_t\{([0-9]+)\}/\1/; s/'//g" |
    while read -r limit; do echo $((limit)); done
}
in_format_page() {
  sed -n '/^## Limits/,/^A reader refuses/p' docs/channel-format.md |
    sed -nE 's/^\| [a-z ]+ \| ([0-9]+).* \|$/\1/p'
}
count=$(of_format | wc -l)
if ((count == 0)); then
  echo "no limits found in channel_limits.h: nothing was compared"
  exit 1
fi
diff -u --label channel_limits.h --label docs/channel-format.md <(of_format) <(in_format_page)
echo "$count limits of the channel file, all in docs/channel-format.md"
