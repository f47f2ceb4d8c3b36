#include "parser/format.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace sluice {
namespace {

std::string_view Recognised(std::string_view bytes) {
  const Format* format = RecogniseFormat(bytes);
  return format == nullptr ? "none" : format->kind;
}

TEST(RecogniseFormat, MessageIsNotWhatItQuotes) {
  EXPECT_EQ(Recognised("# rules > all\n<Sysmon/>"), "sysmon-xml");
  EXPECT_EQ(Recognised("# proto-message: sluice.v1.Fleet\n<Sysmon/>"), "none");
  EXPECT_EQ(Recognised("\xEF\xBB\xBF# proto-message: sluice.v1.Fleet\r\n<Sysmon/>"), "none");
  EXPECT_EQ(Recognised("# proto-message: sluice.v1.Content\n# <Sysmon/>"), "content-text");
}

}  // namespace
}  // namespace sluice
