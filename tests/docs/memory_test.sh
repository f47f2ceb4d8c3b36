#!/bin/bash
# memory_test.sh SLUICE ROOT: lints the worst files of each kind in an address space of the size that
# docs/limits.md promises, and requires a verdict: exit 0 or 1, not "out of memory".
set -uo pipefail
readonly sluice=$(realpath "$1") page=$(realpath "$2")/docs/limits.md
readonly scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
status=0

# The number that stands in the table on memory for a kind.
times() { sed -nE "s/^\| \`$1\` \| ([0-9]+) \|.*/\1/p" "$page"; }

expect() {  # KIND [EXIT AT MOST], the file on standard input
  cat > file
  local factor size space result=0
  factor=$(times "$1") size=$(stat -c %s file)
  if [[ -z $factor ]]; then echo "no bound for $1 in the page"; status=1; return; fi
  space=$((factor * size / 1024 + 64 * 1024))
  (ulimit -v "$space" && "$sluice" lint --quiet --no-settings --jobs 1 --kind "$1" \
    --fleet sysmon-all --format json file > out 2> err) || result=$?
  if ((size < 100000)); then echo "$1: a file of only $size bytes"; status=1; fi
  if ((result > ${2:-1})) || grep -q memory err; then
    echo "$1 of $size bytes in $space KiB: exit $result: $(cat err)"
    status=1
  fi
}

expect sysmon-xml < <(awk 'BEGIN {
  printf "<Sysmon schemaversion=\"4.70\"><EventFiltering><ProcessCreate onmatch=\"include\">"
  for (i = 0; i < 200000; i++) printf "<User>abcdefghijklmnopqrst</User>"
  print "</ProcessCreate></EventFiltering></Sysmon>" }')
expect sysmon-xml < <(awk 'BEGIN {
  printf "<Sysmon schemaversion=\"4.70\"><EventFiltering>"
  for (i = 0; i < 100000; i++) printf "<a onmatch=\"include\"><f>a</f></a>"
  print "</EventFiltering></Sysmon>" }')
# Refused, but only after the XML parser has made a tree of it.
expect sysmon-xml 2 < <(awk 'BEGIN {
  printf "<Sysmon schemaversion=\"4.70\"><EventFiltering>"
  for (i = 0; i < 900000; i++) printf "<a/>"
  print "</EventFiltering></Sysmon>" }')
expect content-text < <(awk 'BEGIN {
  print "# proto-message: sluice.v1.Content"
  for (i = 0; i < 60000; i++)
    printf "template_type{name:\"T%06d\"}instance{template_type:\"T%06d\"}\n", i, i }')
# Compiled, since nothing else here can write a checksum.
awk 'BEGIN {
  print "# proto-message: sluice.v1.Content\ndialect: \"sigma\""
  for (i = 0; i < 1000; i++) {
    printf "template_type{name:\"t%03d\" declared:true", i
    for (k = 0; k < 1000; k++) printf " field{name:\"%d\"}", k
    print "}"
  }
  print "template_type{name:\"windows/process_creation\"}"
  print "instance{template_type:\"windows/process_creation\" criterion{field_name:\"Image\" operator:\"is_null\"}}"
}' > fields.textproto
"$sluice" compile --no-settings fields.textproto -o fields.channel > compiled 2>&1 || status=1
expect channel < fields.channel
expect sigma < <(awk 'BEGIN {
  print "title: Values\nlogsource: {product: windows, category: process_creation}"
  printf "detection:\n  condition: s\n  s: {CommandLine: [1"
  for (i = 0; i < 490000; i++) printf ",1"
  print "]}" }')
expect sigma < <(awk 'BEGIN {
  print "title: Fields\nlogsource: {product: windows, category: process_creation}"
  printf "detection:\n  condition: s\n  s: {A: 1"
  for (i = 0; i < 200000; i++) printf ", a%d: 1", i
  print "}" }')
# Conditions without a text, one event record for all.
expect sysmon-blob < <(LC_ALL=C awk -v count=4000 '
  function word(n) {
    printf "%c%c%c%c", n % 256, int(n / 256) % 256, int(n / 65536) % 256, int(n / 16777216)
  }
  BEGIN {
    word(983040); word(1); word(24); word(262214); word(24); word(0)
    word(1); word(1); word(0); word(0); word(count); word(48)
    for (i = 0; i < count; i++) {
      word(4)
      for (unit = 0; unit < 128; unit++) word(0)
      word(0); word(i < count - 1 ? 48 + 544 * (i + 1) : 0); word(2); word(0); word(0); word(0); word(0)
    }
  }')
exit "$status"
