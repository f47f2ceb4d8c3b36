#!/bin/bash
# Tests summarise.sh on reports made for it.
set -uo pipefail
readonly summarise=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/summarise.sh
readonly results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
mkdir "$results/data" "$results/data/sysmon"
status=0

gtest() {  # PROGRAM RESULT...: a GoogleTest report
  {
    echo '<?xml version="1.0" encoding="UTF-8"?>'
    echo '<testsuites tests="9" name="AllTests">'
    echo '  <testsuite name="Suite" tests="9">'
    local number=0 result
    for result in "${@:2}"; do
      number=$((number + 1))
      local head="    <testcase name=\"Case$number\" line=\"1\" status=\"run\""
      case $result in
        passed) echo "$head result=\"completed\" time=\"0.\" classname=\"Suite\" />" ;;
        skipped)
          echo "$head result=\"skipped\" time=\"0.\" classname=\"Suite\">"
          echo '      <skipped message="no data"><![CDATA[no data]]></skipped>'
          echo '    </testcase>'
          ;;
        failed)
          echo "$head result=\"completed\" time=\"0.\" classname=\"Suite\">"
          echo '      <failure message="a" type=""><![CDATA[a]]></failure>'
          echo '      <failure message="b" type=""><![CDATA[b]]></failure>'
          echo '    </testcase>'
          ;;
      esac
    done
    echo '  </testsuite>'
    echo '</testsuites>'
  } > "$results/$1.xml"
}

ctest() {  # NAME=STATUS...: CTest's report
  local pair
  for pair in "$@"; do
    echo "	<testcase name=\"${pair%=*}\" classname=\"${pair%=*}\" time=\"1\" status=\"${pair#*=}\">"
  done > "$results/ctest.junit"
}

expect() {  # EXIT CLOSING-LINE [DATA]
  local output result=0
  output=$(SLUICE_SHARED_DATA=${3:-/nowhere} "$summarise" "$results") || result=$?
  if ((result != $1)) || [[ $(tail -n 1 <<< "$output") != "$2" ]]; then
    echo "expected exit $1 and '$2', not exit $result and: $output"
    status=1
  fi
  rm -f "$results"/*.xml "$results/ctest.junit"
}

gtest a passed passed; gtest b passed; ctest a=run b=run
expect 0 '3 passed, 0 failed, 0 skipped'
gtest a passed failed; ctest a=fail
expect 1 '1 passed, 1 failed, 0 skipped'
gtest a passed skipped; ctest a=run
expect 0 '1 passed, 0 failed, 1 skipped'
gtest a passed skipped; ctest a=run
expect 1 '1 passed, 0 failed, 1 skipped' "$results/data"
ctest script=run other=fail
expect 1 '1 passed, 1 failed, 0 skipped'
gtest a passed; ctest a=run crashed=fail
expect 1 '1 passed, 1 failed, 0 skipped'
gtest a passed; ctest a=fail
expect 1 '1 passed, 1 failed, 0 skipped'
ctest absent=notrun script=run
expect 0 '1 passed, 0 failed, 1 skipped'
ctest
expect 1 '0 passed, 0 failed, 0 skipped'
exit "$status"
