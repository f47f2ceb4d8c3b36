// SHA-256.

#ifndef SLUICE_SCHEMA_DIGEST_H_
#define SLUICE_SCHEMA_DIGEST_H_

#include <string>
#include <string_view>

namespace sluice {

// SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_DIGEST_H_
