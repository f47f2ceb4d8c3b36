#include "parser/sigma/sigma_network.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace sluice {
namespace {

TEST(SigmaNetwork, BothFamilies) {
  const auto v4 = ParseSigmaNetwork("192.168.0.0/16");
  ASSERT_TRUE(v4);
  EXPECT_FALSE(v4->v6);
  EXPECT_EQ(v4->prefix, 16);
  EXPECT_EQ(v4->bytes[0], 192);
  EXPECT_FALSE(v4->host_bits);
  const auto v6 = ParseSigmaNetwork("fe80::/10");
  ASSERT_TRUE(v6);
  EXPECT_TRUE(v6->v6);
  EXPECT_EQ(v6->bytes[0], 0xFE);
  EXPECT_EQ(NetworkText(*v6), "fe80::/10");
}

TEST(SigmaNetwork, HostBitsAreClearedAndSaid) {
  const auto network = ParseSigmaNetwork("10.1.2.3/12");
  ASSERT_TRUE(network);
  EXPECT_TRUE(network->host_bits);
  EXPECT_EQ(NetworkText(*network), "10.0.0.0/12");
  const auto v6 = ParseSigmaNetwork("2001:db8::1/127");
  ASSERT_TRUE(v6);
  EXPECT_TRUE(v6->host_bits);
  EXPECT_EQ(NetworkText(*v6), "2001:db8::/127");
  EXPECT_EQ(NetworkText(*ParseSigmaNetwork("255.255.255.255/0")), "0.0.0.0/0");
}

TEST(SigmaNetwork, OneAddress) {
  const auto address = ParseSigmaNetwork("10.0.0.1");
  ASSERT_TRUE(address);
  EXPECT_TRUE(address->bare_address);
  EXPECT_FALSE(address->host_bits);
  EXPECT_EQ(NetworkText(*address), "10.0.0.1/32");
  EXPECT_EQ(NetworkText(*ParseSigmaNetwork("::1")), "::1/128");
}

TEST(SigmaNetwork, AnythingElse) {
  for (const std::string_view text : {"",
                                      "/",
                                      "/8",
                                      "10.0.0.0/",
                                      "10.0.0.0/33",
                                      "10.0.0.0/-1",
                                      "10.0.0.0/+8",
                                      "10.0.0.0/08",
                                      "10.0.0.0/8 ",
                                      " 10.0.0.0/8",
                                      "10.0.0/8",
                                      "10.0.0.0.0/8",
                                      "256.0.0.0/8",
                                      "010.0.0.0/8",
                                      "10.0.0.0/255.0.0.0",
                                      "::/129",
                                      "fe80::1%eth0/64",
                                      "localhost",
                                      "10.0.0.0/8/8",
                                      "::1::/8"}) {
    EXPECT_FALSE(ParseSigmaNetwork(text)) << text;
  }
  EXPECT_FALSE(ParseSigmaNetwork(std::string_view("10.0.0.0\0/8", 11)));
  EXPECT_FALSE(ParseSigmaNetwork(std::string(1 << 20, '1')));
}

}  // namespace
}  // namespace sluice
