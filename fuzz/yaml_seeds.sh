#!/bin/sh
# yaml_seeds.sh DIR: writes small YAML files of every shape to DIR as *.yaml.
set -eu

cat > "$1/yaml-rule.yaml" <<'END'
title: A rule   # a comment
id: 5af54681-df95-4c26-854f-2565e13cfab0
status: experimental
description: |   # of two lines
  First line

  and the third
tags: [attack.execution, "attack.t1059", 'it''s']
logsource:
    product: windows
    category: process_creation
detection:
    selection:
        Image|endswith:
            - '\cmd.exe'
            - "\\powershell.exe"
        CommandLine|contains|all: ['a', b c, "d\x41\u00e9"]
        EventID: 4_688
        Empty:
    keywords:
    - one
    - 'two'
    condition: selection or keywords
falsepositives: ~
level: high
END

cat > "$1/yaml-anchors.yaml" <<'END'
%YAML 1.1
%TAG !e! tag:example.com,2000:
---
base: &base # comment

  !!map
  a: !e!x 1
  b: &b [x, &c y, ! z, !<tag:t> {}]
copy: *base
<<: {k: *b, *c : v, ? q, "r"}
--- &doc
- *doc2
...
END

cat > "$1/yaml-documents.yaml" <<'END'
# before
a: 1
---
--- >-
 folded
 text

   more
...
---
- - - x
  -
- ? complex
  : value
  ? [other, a: b]
- "two
  lines"
- plain
  of two
END

cat > "$1/yaml-selections.yaml" <<'END'
title: "Shapes\tand \u2028 'values'"
date: 2024-01-31
related: &r [{id: a, type: similar}, [x, [], {}]]
custom.key: {'': 1, a.b: {c: [~, yes, 0x1F, 1e3, !!str 5]}}
logsource: {product: windows}
detection:
  a:
    - Image|endswith: ['\cmd.exe', "\\a\0b"]
      User: null
    - word
    - '': [x, y]
    - CommandLine|contains|windash: ' -a'
  b: {'|all': [one, two], Name|expand: ['%admins%', x], F|neq: [1, 2]}
  c: single
  d:
  condition: [1 of a* or b, not c]
---
title: b
correlation: {type: event_count, rules: [a], group-by: [User], timespan: 5m, condition: {gte: 3}}
---
title: c
filter: {rules: any, selection: {User|startswith: adm_}, condition: not selection}
---
action: global
note: |-
  one
    two

  three
END

cat > "$1/yaml-shared.yaml" <<'END'
title: &t x
list: &l [1, &m {k: v, w: []}, *t]
again: {e: *l, f: *m, *t : *m}
logsource: {category: *t}
detection:
  one: &one {f|contains: [a, b]}
  two: [*one, *t]
  condition: all of them
END
printf 'a: b\r\nc:\r\n  - d\r\n  - "e\r\n    f"\r\n' > "$1/yaml-crlf.yaml"
printf 'a: |\r  b\r\r  c\rd: e\r' > "$1/yaml-cr.yaml"
printf '\357\273\277a: \303\251\302\205b: "\360\237\230\200"\342\200\250c: d' > "$1/yaml-breaks.yaml"
printf '\377\376a\0:\0 \0b\0\n\0' > "$1/yaml-utf16le.yaml"
printf '\376\377\0a\0:\0 \0b\0\n' > "$1/yaml-utf16be.yaml"
printf 'a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n' > "$1/yaml-bomb.yaml"
printf -- '- a\n- *self\n' > "$1/yaml-undefined.yaml"
printf 'a:\n\tb: c\n' > "$1/yaml-tab.yaml"
