// Holds copies of texts, which stay where they are until `Clear`.

#ifndef SLUICE_PARSER_YAML_YAML_ARENA_H_
#define SLUICE_PARSER_YAML_YAML_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace sluice {

class YamlArena {
 public:
  std::string_view Keep(std::string_view text) {
    if (text.empty()) return {};
    if (text.size() > room_) Grow(text.size());
    char* kept = next_;
    std::memcpy(kept, text.data(), text.size());
    next_ += text.size();
    room_ -= text.size();
    return {kept, text.size()};
  }

  void Clear() {
    blocks_.clear();
    next_ = nullptr;
    room_ = 0;
  }

 private:
  // Most files need little; blocks double up to 4 KiB.
  static constexpr size_t kFirstBlockBytes = 512;
  static constexpr size_t kDoublings = 3;

  // A large text gets a block of its own, and what is left of the last one is given up: at most as
  // much as the large text takes.
  void Grow(size_t wanted) {
    room_ = std::max(wanted, kFirstBlockBytes << std::min(blocks_.size(), kDoublings));
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(room_));
    next_ = blocks_.back().get();
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t room_ = 0;
};

}  // namespace sluice

#endif  // SLUICE_PARSER_YAML_YAML_ARENA_H_
