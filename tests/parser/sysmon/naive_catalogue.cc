// The catalogue of events of two builds of Sysmon: order, event id, rule name, type default, fields
// (Sysmon rule blob, section 9). A row begins with '|'; other lines continue it.

#include "tests/parser/sysmon/naive_blob_compiler.h"

namespace naive {

extern const char kCatalogue470[] = R"(
| 0 | 255 | - | exclude | UtcTime, ID, Description |
| 1 | 1 | ProcessCreate | include | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    FileVersion, Description, Product, Company, OriginalFileName, CommandLine, CurrentDirectory,
    User, LogonGuid, LogonId, TerminalSessionId, IntegrityLevel, Hashes, ParentProcessGuid,
    ParentProcessId, ParentImage, ParentCommandLine |
| 2 | 2 | FileCreateTime | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    TargetFilename, CreationUtcTime, PreviousCreationUtcTime |
| 3 | 3 | NetworkConnect | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, User,
    Protocol, Initiated, SourceIsIpv6, SourceIp, SourceHostname, SourcePort, SourcePortName,
    DestinationIsIpv6, DestinationIp, DestinationHostname, DestinationPort, DestinationPortName
    |
| 4 | 4 | - | exclude | UtcTime, State, Version, SchemaVersion |
| 5 | 5 | ProcessTerminate | include | RuleName, UtcTime, ProcessGuid, ProcessId, Image |
| 6 | 6 | DriverLoad | exclude | RuleName, UtcTime, ImageLoaded, Hashes, Signed, Signature,
    SignatureStatus |
| 7 | 7 | ImageLoad | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, ImageLoaded,
    FileVersion, Description, Product, Company, OriginalFileName, Hashes, Signed, Signature,
    SignatureStatus |
| 8 | 8 | CreateRemoteThread | exclude | RuleName, UtcTime, SourceProcessGuid, SourceProcessId,
    SourceImage, TargetProcessGuid, TargetProcessId, TargetImage, NewThreadId, StartAddress,
    StartModule, StartFunction |
| 9 | 9 | RawAccessRead | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, Device |
| 10 | 10 | ProcessAccess | exclude | RuleName, UtcTime, SourceProcessGUID, SourceProcessId,
    SourceThreadId, SourceImage, TargetProcessGUID, TargetProcessId, TargetImage, GrantedAccess,
    CallTrace |
| 11 | 11 | FileCreate | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    TargetFilename, CreationUtcTime |
| 12 | 12 | RegistryEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    Image, TargetObject |
| 13 | 13 | RegistryEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    Image, TargetObject, Details |
| 14 | 14 | RegistryEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    Image, TargetObject, NewName |
| 15 | 15 | FileCreateStreamHash | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    TargetFilename, CreationUtcTime, Hash, Contents |
| 16 | 16 | - | exclude | UtcTime, Configuration, ConfigurationFileHash |
| 17 | 17 | PipeEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    PipeName, Image |
| 18 | 18 | PipeEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    PipeName, Image |
| 19 | 19 | WmiEvent | exclude | RuleName, EventType, UtcTime, Operation, User, EventNamespace,
    Name, Query |
| 20 | 20 | WmiEvent | exclude | RuleName, EventType, UtcTime, Operation, User, Name, Type,
    Destination |
| 21 | 21 | WmiEvent | exclude | RuleName, EventType, UtcTime, Operation, User, Consumer, Filter
    |
| 22 | 22 | DnsQuery | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, QueryName,
    QueryStatus, QueryResults, Image |
| 23 | 23 | FileDelete | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, User, Image,
    TargetFilename, Hashes, IsExecutable, Archived |
| 24 | 24 | ClipboardChange | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    Session, ClientInfo, Hashes, Archived |
| 25 | 25 | ProcessTampering | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, Type
    |
| 26 | 26 | FileDeleteDetected | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, User,
    Image, TargetFilename, Hashes, IsExecutable |
)";

extern const char kCatalogue490[] = R"(
| 0 | 255 | - | exclude | UtcTime, ID, Description |
| 1 | 1 | ProcessCreate | include | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    FileVersion, Description, Product, Company, OriginalFileName, CommandLine, CurrentDirectory,
    User, LogonGuid, LogonId, TerminalSessionId, IntegrityLevel, Hashes, ParentProcessGuid,
    ParentProcessId, ParentImage, ParentCommandLine, ParentUser |
| 2 | 2 | FileCreateTime | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    TargetFilename, CreationUtcTime, PreviousCreationUtcTime, User |
| 3 | 3 | NetworkConnect | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, User,
    Protocol, Initiated, SourceIsIpv6, SourceIp, SourceHostname, SourcePort, SourcePortName,
    DestinationIsIpv6, DestinationIp, DestinationHostname, DestinationPort, DestinationPortName
    |
| 4 | 4 | - | exclude | UtcTime, State, Version, SchemaVersion |
| 5 | 5 | ProcessTerminate | include | RuleName, UtcTime, ProcessGuid, ProcessId, Image, User |
| 6 | 6 | DriverLoad | exclude | RuleName, UtcTime, ImageLoaded, Hashes, Signed, Signature,
    SignatureStatus |
| 7 | 7 | ImageLoad | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, ImageLoaded,
    FileVersion, Description, Product, Company, OriginalFileName, Hashes, Signed, Signature,
    SignatureStatus, User |
| 8 | 8 | CreateRemoteThread | exclude | RuleName, UtcTime, SourceProcessGuid, SourceProcessId,
    SourceImage, TargetProcessGuid, TargetProcessId, TargetImage, NewThreadId, StartAddress,
    StartModule, StartFunction, SourceUser, TargetUser |
| 9 | 9 | RawAccessRead | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, Device,
    User |
| 10 | 10 | ProcessAccess | exclude | RuleName, UtcTime, SourceProcessGUID, SourceProcessId,
    SourceThreadId, SourceImage, TargetProcessGUID, TargetProcessId, TargetImage, GrantedAccess,
    CallTrace, SourceUser, TargetUser |
| 11 | 11 | FileCreate | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    TargetFilename, CreationUtcTime, User |
| 12 | 12 | RegistryEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    Image, TargetObject, User |
| 13 | 13 | RegistryEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    Image, TargetObject, Details, User |
| 14 | 14 | RegistryEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    Image, TargetObject, NewName, User |
| 15 | 15 | FileCreateStreamHash | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    TargetFilename, CreationUtcTime, Hash, Contents, User |
| 16 | 16 | - | exclude | UtcTime, Configuration, ConfigurationFileHash |
| 17 | 17 | PipeEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    PipeName, Image, User |
| 18 | 18 | PipeEvent | exclude | RuleName, EventType, UtcTime, ProcessGuid, ProcessId,
    PipeName, Image, User |
| 19 | 19 | WmiEvent | exclude | RuleName, EventType, UtcTime, Operation, User, EventNamespace,
    Name, Query |
| 20 | 20 | WmiEvent | exclude | RuleName, EventType, UtcTime, Operation, User, Name, Type,
    Destination |
| 21 | 21 | WmiEvent | exclude | RuleName, EventType, UtcTime, Operation, User, Consumer, Filter
    |
| 22 | 22 | DnsQuery | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, QueryName,
    QueryStatus, QueryResults, Image, User |
| 23 | 23 | FileDelete | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, User, Image,
    TargetFilename, Hashes, IsExecutable, Archived |
| 24 | 24 | ClipboardChange | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image,
    Session, ClientInfo, Hashes, Archived, User |
| 25 | 25 | ProcessTampering | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, Type,
    User |
| 26 | 26 | FileDeleteDetected | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, User,
    Image, TargetFilename, Hashes, IsExecutable |
| 27 | 100 | eBPFEvent | exclude | RuleName, UtcTime, ProcessGuid, ProcessId, Image, User,
    BpfCommand, BpfProgramType, BpfProgramId, BpfProgramName |
)";

// Condition numbers and names (section 7).
extern const char kConditions[] = R"(
| 0 | is |
| 1 | is not |
| 2 | contains |
| 3 | contains any |
| 4 | is any |
| 5 | contains all |
| 6 | excludes |
| 7 | excludes any |
| 8 | excludes all |
| 9 | begin with |
| 10 | end with |
| 11 | less than |
| 12 | more than |
| 13 | image |
| 14 | not begin with |
| 15 | not end with |
)";

}  // namespace naive
