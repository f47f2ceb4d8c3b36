// Content of any size, made for the benchmarks: ordinary, and as bad as a file of its size can be.

#ifndef SLUICE_BENCH_GENERATE_H_
#define SLUICE_BENCH_GENERATE_H_

#include <cstddef>
#include <string>
#include <vector>

namespace sluice {

// A configuration, or a blob of binary version 15.0, as people write them: records of 100
// conditions with short operands and names, nothing to find. About `bytes` long.
std::string OrdinaryConfig(size_t bytes);
std::string OrdinaryBlob(size_t bytes);

// Text form of channel content: one template type of 20 fields, "T", and instances of two criteria.
std::string OrdinaryText(size_t bytes);

// Sigma rules as people write them, one document after another.
std::string OrdinaryRules(size_t bytes);

struct Adversary {
  std::string name;  // "deep nesting"
  std::string kind;  // "sysmon-xml", "sysmon-blob", "content-text", "sigma"
  std::string bytes;
  bool refused;  // no reader takes it: it is malformed, or over a limit
};

// Adds those that are Sigma rules.
void AddRules(size_t bytes, std::vector<Adversary>& all);

// Files of about `bytes` that try to cost more than an ordinary one.
std::vector<Adversary> Adversaries(size_t bytes);

}  // namespace sluice

#endif  // SLUICE_BENCH_GENERATE_H_
