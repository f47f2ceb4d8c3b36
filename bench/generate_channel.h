// Channel files of any size for the benchmarks: ordinary, and as bad as a file of its size can be.
//
// A sample is content before it is a file of some format, so that all contenders hold the same.

#ifndef SLUICE_BENCH_GENERATE_CHANNEL_H_
#define SLUICE_BENCH_GENERATE_CHANNEL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "parser/channel/channel_format.h"

namespace sluice {

struct SampleCriterion {
  uint32_t field = 0;  // position among the fields of its type, or channel::kNone
  channel::Operator op = channel::Operator::kContains;
  uint8_t flags = 0;
  std::vector<std::string> operands;
};

struct SampleInstance {
  std::string id;
  std::string name;
  std::vector<SampleCriterion> criteria;
  std::vector<uint32_t> condition;  // tokens
  uint32_t groups = 0;              // in the dialect sysmon, without criteria
};

// Types are not declared, and open.
struct SampleType {
  std::string name;
  std::vector<std::string> fields;
  std::vector<SampleInstance> instances;
  bool declared = false;
};

struct Sample {
  channel::Dialect dialect = channel::Dialect::kSigma;
  std::vector<SampleType> types;
  std::vector<std::string> sources;  // paths; every origin is the first of them
};

// `instances` instances, at least 100, as Sigma rules compile to: four log sources with five fields
// each, four to six criteria with an operand of 20 bytes, conditions on half of them, one operand
// in 64 not ASCII. Another `serial` gives other operands.
Sample OrdinarySample(uint32_t instances, uint32_t serial = 0);

// The channel file of it. It checks nothing.
std::string ChannelBytes(const Sample& sample);

struct ChannelAdversary {
  std::string name;
  std::string bytes;
};

// Channel files of about `bytes`, or as many as their limits let through, that try to cost more
// than an ordinary one. Each is valid: what is refused early costs nothing.
std::vector<ChannelAdversary> ChannelAdversaries(size_t bytes);

}  // namespace sluice

#endif  // SLUICE_BENCH_GENERATE_CHANNEL_H_
