// UTF-8 as Unicode defines it: no surrogates, no overlong forms, nothing above U+10FFFF.
// Freestanding.

#ifndef SLUICE_PARSER_CHANNEL_CHANNEL_UTF8_H_
#define SLUICE_PARSER_CHANNEL_CHANNEL_UTF8_H_

#include <cstddef>
#include <cstdint>

namespace sluice::channel {

// Whether all of it is UTF-8. By 16 bytes at a time where the processor can: Keiser and Lemire,
// "Validating UTF-8 In Less Than One Instruction Per Byte" (2021).
bool IsUtf8(const uint8_t* data, size_t size);

// The number of bytes before the first that begins no whole character; `size` when all is UTF-8.
// Character by character, on any processor.
size_t Utf8Prefix(const uint8_t* data, size_t size);

// Whether a character may begin at this byte; false within one.
inline bool BeginsCharacter(uint8_t byte) { return (byte & 0xC0) != 0x80; }

}  // namespace sluice::channel

#endif  // SLUICE_PARSER_CHANNEL_CHANNEL_UTF8_H_
