// Content from text, on events of a few fields, for tests of the engine.

#ifndef SLUICE_TESTS_ENGINE_RUN_CONTENT_H_
#define SLUICE_TESTS_ENGINE_RUN_CONTENT_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "schema/content.h"
#include "schema/event.h"
#include "schema/verified_content.h"

namespace sluice {

// A field of an event that lasts as long as the test: texts are literals.
inline EventField Text(std::string_view name, std::string_view text) { return {name, text}; }
inline EventField Number(std::string_view name, std::string_view digits) {
  return {name, digits, EventValueKind::kNumber};
}
inline EventField Boolean(std::string_view name, bool value) {
  return {name, value ? "true" : "false", EventValueKind::kBoolean};
}
inline EventField Null(std::string_view name) { return {name, "", EventValueKind::kNull}; }

// Reads content of a kind ("sigma", "content-text", "channel"); fails the test where it does not
// parse.
Content ReadContent(std::string_view kind, std::string_view text);

// Verified by its own word; fails the test where it is refused.
VerifiedContent Verified(Content content);
Engine MakeEngine(Content content, const EngineOptions& options = {});

// The detection of a Sigma rule as a whole rule over windows/process_creation; lines as under
// `detection:`, without their indentation.
std::string RuleOf(std::string_view detection);

// Whether the one instance of the content matches. Asks with and without the prefilter, with a
// trace, and the same content as a channel file, and fails the test when they differ.
bool Matches(const Content& content, const Event& event);

// The same for a rule's detection, or for one selection of one key ("f|contains: a").
bool RuleMatches(std::string_view detection, const std::vector<EventField>& fields);
bool KeyMatches(std::string_view key_and_value, const std::vector<EventField>& fields);

// A channel content of one type, "T", that declares the fields "a", "b" and "c", with one instance.
std::string ChannelText(std::string_view instance);
bool ChannelMatches(std::string_view instance, const std::vector<EventField>& fields);

}  // namespace sluice

#endif  // SLUICE_TESTS_ENGINE_RUN_CONTENT_H_
