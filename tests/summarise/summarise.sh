#!/bin/bash
# summarise.sh DIR: counts the GoogleTest cases of one test run from the reports in DIR, names those
# that failed or were skipped, and ends with "N passed, N failed, N skipped". A test that is no
# GoogleTest program, or one that died before it could report, counts as one.
#
# Exits 1 when a case failed, when nothing ran, and when one was skipped although the shared data is
# there to run it.
set -euo pipefail
readonly results=$1
readonly data=${SLUICE_SHARED_DATA:-../shared/data}

# One line a case: passed, failed or skipped, and its name.
gtest_cases() {
  find "$results" -name '*.xml' -exec awk '
    function value(name) {
      return match($0, " " name "=\"[^\"]*\"") ? \
        substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
    }
    function report() { if (open) print state, test; open = 0 }
    /<testcase / {
      report()
      open = 1
      test = value("classname") "." value("name")
      state = value("result") == "completed" ? "passed" : "skipped"
    }
    /<failure / { state = "failed" }
    END { report() }' {} \;
}

# The same for what CTest knows better: programs without a report, and those that ended badly after
# all their cases had passed (a sanitizer that speaks at the exit).
other_tests() {
  sed -n 's/.*<testcase name="\([^"]*\)".* status="\([^"]*\)".*/\1 \2/p' "$results/ctest.junit" |
    while read -r name status; do
      case $status in
        run) state=passed ;;
        notrun | disabled) state=skipped ;;
        *) state=failed ;;
      esac
      if [[ ! -s $results/$name.xml ]]; then
        echo "$state $name"
      elif [[ $state == failed ]] && ! grep -q '<failure ' "$results/$name.xml"; then
        echo "failed $name"
      fi
    done
}

cases=$(gtest_cases; other_tests)
count() { grep -c "^$1 " <<<"$cases" || true; }
passed=$(count passed) failed=$(count failed) skipped=$(count skipped)
grep -E '^(failed|skipped) ' <<<"$cases" | sort || true

status=0
if ((failed > 0 || passed == 0)); then status=1; fi
if ((skipped > 0)) && [[ -d $data/sysmon ]]; then
  echo "skipped, although the shared data is in $data"
  status=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
