// Letters without regard to case: Unicode's simple case folding (CaseFolding.txt of Unicode 14,
// status C and S), one character for one. RE2 folds the same way.

#ifndef SLUICE_ENGINE_FOLD_H_
#define SLUICE_ENGINE_FOLD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sluice {

// What `code_point` folds to: itself, where it is no letter with a case.
uint32_t FoldCodePoint(uint32_t code_point);

// The most bytes that a text of `size` bytes folds to.
constexpr size_t MaxFoldedSize(size_t size) { return size + size / 2 + 1; }

// Whether folding changes nothing: ASCII without capital letters.
bool IsFolded(std::string_view text);

// Writes `text` folded to `out`, which has room for `MaxFoldedSize(text.size())` bytes, and returns
// how many it wrote. Bytes that are not WTF-8 stay as they are.
size_t Fold(std::string_view text, char* out);

std::string Folded(std::string_view text);

// How many bytes at the start of `text`, which is not empty, are its first character: those of a
// code point, otherwise 1.
size_t FirstCharacter(std::string_view text);
// The same of its last.
size_t LastCharacter(std::string_view text);
// Whether a character begins or the text ends at `at`: no code point has bytes on both sides of it.
bool IsBetweenCharacters(std::string_view text, size_t at);

}  // namespace sluice

#endif  // SLUICE_ENGINE_FOLD_H_
