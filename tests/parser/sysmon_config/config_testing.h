// What the tests of the configuration reader share.

#ifndef SLUICE_TESTS_PARSER_SYSMON_CONFIG_CONFIG_TESTING_H_
#define SLUICE_TESTS_PARSER_SYSMON_CONFIG_CONFIG_TESTING_H_

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "parser/sysmon/config_reader.h"
#include "schema/content.h"
#include "schema/place.h"

namespace sluice {

inline ReadResult ReadConfig(std::string bytes) {
  return ReadSysmonConfig(std::make_shared<const std::string>(std::move(bytes)), {});
}

// The content of bytes that must be well formed.
inline Content MustRead(std::string bytes) {
  ReadResult result = ReadConfig(std::move(bytes));
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.malformed().message);
  if (!result.ok()) result = ReadConfig("<Sysmon/>");
  return std::move(result).TakeContent();
}

inline std::string Join(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) joined += part;
  return joined;
}

// A configuration of schema 4.90 with `rules` in its EventFiltering.
inline std::string Config(std::string_view rules) {
  return Join(
      {"<Sysmon schemaversion=\"4.90\"><EventFiltering>", rules, "</EventFiltering></Sysmon>"});
}

// One ProcessCreate record with `criteria` in it.
inline std::string Record(std::string_view criteria) {
  return Config(Join({"<ProcessCreate onmatch=\"include\">", criteria, "</ProcessCreate>"}));
}

inline std::string_view At(const Content& content, Place place) {
  return content.text().substr(place.offset, place.length);
}

}  // namespace sluice

#endif  // SLUICE_TESTS_PARSER_SYSMON_CONFIG_CONFIG_TESTING_H_
