#!/bin/bash
# check.sh SLUICE ROOT PAGE: checks the commands in a page of documentation.
#
#   ```console   Each line that begins with "$ " is run; the lines after it are what it must print.
#                A line "..." stands for any number of lines. "$ echo $?" shows the exit of the command
#                before it.
#   ```sh        Not run, but the verbs of ./dev, the commands of sluice and their flags must exist.
#
# The page's commands run in a folder that looks like the root of the checkout, so that what they write
# does not land in it. Also checked: links to files of the checkout. Exits 1 and says where when
# something does not hold.
set -uo pipefail
readonly sluice=$(realpath "$1") root=$(realpath "$2") page=$3
readonly scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin" "$scratch/root"
ln -s "$sluice" "$scratch/bin/sluice"
find "$root" -mindepth 1 -maxdepth 1 -not -name .git -exec ln -s -t "$scratch/root" {} +
cd "$scratch/root" || exit 2
export PATH=$scratch/bin:$PATH LC_ALL=C.UTF-8
status=0 last_exit=0

complain() {  # LINE MESSAGE
  echo "$page:$1: $2"
  status=1
}

# Whether the lines of file $2 are those of $1, where "..." in $1 stands for any number of lines.
matches() {
  awk -v expected="$1" '
    BEGIN { while ((getline line < expected) > 0) want[++n] = line }
    { have[++m] = $0 }
    END {
      # The greedy match of lines with one wildcard: on a mismatch go back to the last "...".
      i = j = 1; star = 0
      while (j <= m) {
        if (i <= n && want[i] == "...") { star = i++; mark = j }
        else if (i <= n && want[i] == have[j]) { i++; j++ }
        else if (star) { i = star + 1; j = ++mark }
        else exit 1
      }
      while (i <= n && want[i] == "...") i++
      exit i <= n
    }' "$2"
}

# Runs the command that stood in line $1, and compares with what is in $scratch/expected.
run() {  # LINE COMMAND
  (sh -c "exit $last_exit"; eval "$2") > "$scratch/actual" 2>&1 < /dev/null
  last_exit=$?
  if ! matches "$scratch/expected" "$scratch/actual"; then
    complain "$1" "'$2' prints something else:"
    diff -u --label page --label printed "$scratch/expected" "$scratch/actual"
  fi
}

check_console() {  # FIRST-LINE, the block on standard input
  local number=$1 at=0 command='' line
  : > "$scratch/expected"
  while IFS= read -r line; do
    number=$((number + 1))
    if [[ $line == '$ '* ]]; then
      if ((at)); then run "$at" "$command"; fi
      at=$number command=${line#??}
      : > "$scratch/expected"
    elif [[ $command == *\\ ]]; then
      command+=$'\n'$line
    else
      printf '%s\n' "$line" >> "$scratch/expected"
    fi
  done
  if ((at)); then run "$at" "$command"; else complain "$1" "a console block without a command"; fi
}

# The words of one command line: is there such a verb or command, with such flags?
check_words() {  # LINE WORD...
  local number=$1 help word
  shift
  case $1 in
    ./dev)
      ./dev help | grep -q "^  ${2:-help}\b" || complain "$number" "./dev has no verb '$2'"
      ;;
    sluice)
      local command=()
      for word in "${@:2}"; do
        [[ $word =~ ^[a-z]+$ && ${#command[@]} -lt 2 ]] || break
        command+=("$word")
      done
      if ! help=$(sluice "${command[@]}" --help 2>&1) &&
        ! help=$(sluice "${command[@]:0:1}" --help 2>&1); then
        complain "$number" "no such command: sluice ${command[*]}"
        return
      fi
      for word in "${@:2}"; do
        [[ $word == --* ]] || continue
        grep -qE -- "${word%%=*}\b" <<< "$help" ||
          complain "$number" "sluice ${command[*]:-} has no flag ${word%%=*}"
      done
      ;;
  esac
}

check_sh() {  # FIRST-LINE, the block on standard input
  local number=$1 line words
  while IFS= read -r line; do
    number=$((number + 1))
    read -ra words <<< "${line%%#*}"
    if ((${#words[@]})); then check_words "$number" "${words[@]}"; fi
  done
}

check_blocks() {
  local number=0 line kind='' start=0
  while IFS= read -r line; do
    number=$((number + 1))
    if [[ -n $kind && $line == '```' ]]; then
      case $kind in
        console) check_console "$start" < "$scratch/block" ;;
        sh) check_sh "$start" < "$scratch/block" ;;
      esac
      kind=''
    elif [[ -z $kind && $line == '```'* ]]; then
      kind=${line#'```'} start=$number
      kind=${kind:-none}
      : > "$scratch/block"
    elif [[ -n $kind ]]; then
      printf '%s\n' "$line" >> "$scratch/block"
    fi
  done < "$root/$page"
  if [[ -n $kind ]]; then complain "$start" "a block that does not end"; fi
}

check_links() {
  local folder target
  folder=$(dirname "$page")
  while IFS=: read -r number target; do
    target=${target%%#*}
    if [[ -n $target && $target != http* && $target != mailto* && ! -e $root/$folder/$target ]]; then
      complain "$number" "a link to nothing: $target"
    fi
  done < <(grep -noE '\]\([^) ]+\)' "$root/$page" | sed -E 's/\]\((.*)\)$/\1/')
}

check_blocks
check_links
exit "$status"
