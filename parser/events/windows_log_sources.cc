#include "parser/events/windows_log_sources.h"

#include "absl/strings/match.h"
#include "schema/text.h"

namespace sluice {
namespace {

struct ChannelService {
  std::string_view channel;
  std::string_view service;
};

constexpr ChannelService kServices[] = {
    {"Application", "application"},
    {"Security", "security"},
    {"System", "system"},
    {"Microsoft-Windows-Sysmon/Operational", "sysmon"},
    {"Linux-Sysmon/Operational", "sysmon"},
    {"Microsoft-Windows-PowerShell/Operational", "powershell"},
    {"PowerShellCore/Operational", "powershell"},
    {"Windows PowerShell", "powershell-classic"},
    {"DNS Server", "dns-server"},
    {"Microsoft-Windows-DNS-Server/Audit", "dns-server-audit"},
    {"Microsoft-Windows-DNS-Server/Analytical", "dns-server-analytic"},
    {"Microsoft-Windows-DNS-Client/Operational", "dns-client"},
    {"Microsoft-Windows-DriverFrameworks-UserMode/Operational", "driver-framework"},
    {"Microsoft-Windows-DHCP-Server/Operational", "dhcp"},
    {"Microsoft-Windows-NTLM/Operational", "ntlm"},
    {"Microsoft-Windows-Windows Defender/Operational", "windefend"},
    {"Microsoft-Windows-PrintService/Admin", "printservice-admin"},
    {"Microsoft-Windows-PrintService/Operational", "printservice-operational"},
    {"Microsoft-Windows-SmbClient/Security", "smbclient-security"},
    {"Microsoft-Windows-SmbClient/Connectivity", "smbclient-connectivity"},
    {"Microsoft-Windows-SMBServer/Connectivity", "smbserver-connectivity"},
    {"Microsoft-Windows-TerminalServices-LocalSessionManager/Operational",
     "terminalservices-localsessionmanager"},
    {"Microsoft-Windows-AppLocker/MSI and Script", "applocker"},
    {"Microsoft-Windows-AppLocker/EXE and DLL", "applocker"},
    {"Microsoft-Windows-AppLocker/Packaged app-Deployment", "applocker"},
    {"Microsoft-Windows-AppLocker/Packaged app-Execution", "applocker"},
    {"MSExchange Management", "msexchange-management"},
    {"Microsoft-ServiceBus-Client", "microsoft-servicebus-client"},
    {"Microsoft-Windows-Bits-Client/Operational", "bits-client"},
    {"Microsoft-Windows-LDAP-Client/Debug", "ldap_debug"},
    {"Microsoft-Windows-Security-Mitigations/Kernel Mode", "security-mitigations"},
    {"Microsoft-Windows-Security-Mitigations/User Mode", "security-mitigations"},
    {"Microsoft-Windows-CodeIntegrity/Operational", "codeintegrity-operational"},
    {"Microsoft-Windows-Windows Firewall With Advanced Security/Firewall", "firewall-as"},
    {"Microsoft-Windows-Diagnosis-Scripted/Operational", "diagnosis-scripted"},
    {"Microsoft-Windows-Shell-Core/Operational", "shell-core"},
    {"Microsoft-Windows-Shell-Core/AppDefaults", "shell-core"},
    {"Microsoft-Windows-TaskScheduler/Operational", "taskscheduler"},
    {"Microsoft-Windows-AppxPackaging/Operational", "appxpackaging-om"},
    {"Microsoft-Windows-AppXDeploymentServer/Operational", "appxdeployment-server"},
    {"Microsoft-Windows-AppModel-Runtime/Admin", "appmodel-runtime"},
    {"Microsoft-Windows-LSA/Operational", "lsa-server"},
    {"Microsoft-Windows-WMI-Activity/Operational", "wmi"},
    {"Microsoft-Windows-CAPI2/Operational", "capi2"},
    {"Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational",
     "certificateservicesclient-lifecycle-system"},
    {"Microsoft-Windows-Hyper-V-Worker", "hyper-v-worker"},
    {"Microsoft-Windows-Kernel-EventTracing", "kernel-event-tracing"},
    {"Microsoft-Windows-Kernel-ShimEngine/Operational", "kernel-shimengine"},
    {"Microsoft-IIS-Configuration/Operational", "iis-configuration"},
    {"OpenSSH/Operational", "openssh"},
    {"Microsoft-Windows-WinRM/Operational", "winrm"},
};

struct EventCategory {
  std::string_view service;
  uint32_t id;
  std::string_view category;
};

constexpr EventCategory kCategories[] = {
    {"powershell", 4103, "ps_module"},
    {"powershell", 4104, "ps_script"},
    {"powershell-classic", 400, "ps_classic_start"},
    {"powershell-classic", 600, "ps_classic_provider_start"},
    {"powershell-classic", 800, "ps_classic_script"},
};

}  // namespace

std::string_view ServiceOfChannel(std::string_view channel) {
  for (const ChannelService& known : kServices) {
    if (absl::EqualsIgnoreCase(Abseil(known.channel), Abseil(channel))) return known.service;
  }
  return {};
}

std::string_view CategoryOfEvent(std::string_view service, uint32_t id) {
  for (const EventCategory& known : kCategories) {
    if (known.service == service && known.id == id) return known.category;
  }
  return {};
}

bool IsSysmonChannel(std::string_view channel) { return ServiceOfChannel(channel) == "sysmon"; }

}  // namespace sluice
