#!/bin/sh
# config_seeds.sh DIR: copies contracts, taxonomies, fleets, settings and placeholders of the tree to DIR
# as *.config, and writes a schema dump and events beside them. Run from the root of the source tree.
set -eu
for file in $(grep -rlE --include='*.textproto' \
  '^# proto-message: sluice\.v1\.(Contract|ContractSupplement|Fleet|Placeholders|Settings|Taxonomy)' schema corpus); do
  cp "$file" "$1/$(echo "$file" | tr / -).config"
done

cat > "$1/schema-dump.config" <<'END'
System Monitor v10.41 - System activity monitor

<manifest schemaversion="4.22" binaryversion="9.0">
  <configuration>
    <options>
      <option switch="h" name="HashAlgorithms" argument="required" />
      <option switch="i" name="Install" argument="optional" noconfig="true" exclusive="true" />
    </options>
    <filters default="is">is,is not,contains,contains any,image</filters>
  </configuration>
  <events>
    <event name="SYSMON_CREATE_PROCESS" value="1" level="Informational" template="Process Create"
           rulename="ProcessCreate" ruledefault="include" version="5">
      <data name="UtcTime" inType="win:UnicodeString" outType="xs:string" />
      <data name="ProcessId" inType="win:UInt32" outType="win:PID" />
    </event>
    <event name="SYSMON_ERROR" value="255" level="Error" template="Error report" version="3">
      <data name="ID" inType="win:UnicodeString" outType="xs:string" />
    </event>
  </events>
</manifest>
END

cat > "$1/events.config" <<'END'
{"Event": {"System": {"EventID": 1, "Channel": "Microsoft-Windows-Sysmon/Operational"},
  "EventData": {"Data": [{"@Name": "Image", "#text": "C:\\a.exe"}, {"@Name": "ProcessId"}]}}}
{"winlog": {"channel": "Security", "event_id": 4648, "event_data": {"TargetUserName": "bob"}}}
{"Channel": "System", "EventID": "7045", "host": "h", "tags": [], "ServiceName": "s", "Start": 1.5e3}
END

cat > "$1/placeholders.config" <<'END'
# proto-message: sluice.v1.Placeholders
placeholder { name: "Administrators" value: ["adm-*", "root"] }
END
