// Writes the XML of configurations, one element a line.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_PRINT_XML_H_
#define SLUICE_PARSER_SYSMON_CONFIG_PRINT_XML_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

// What `text` has that no configuration can hold, as a sensor reads it: "an unpaired surrogate"; ""
// when it can stand in one.
std::string_view XmlTextProblem(std::string_view text);

// Whether a sensor's XML reader takes `name` for the whole name of an element.
bool IsXmlName(std::string_view name);

// Elements are written in the order of the document. Texts must have no `XmlTextProblem`, names
// must be `IsXmlName` and live as long as the writer.
//
//   writer.Start("Image");
//   writer.Attribute("condition", "is");
//   writer.Text("a & b");
//   writer.End();                          // <Image condition="is">a &amp;
//   b</Image>
class XmlWriter {
 public:
  void Start(std::string_view name);
  // Of the element just started.
  void Attribute(std::string_view name, std::string_view value);
  // The value of the open element, before the elements in it, once. An empty one is no text.
  void Text(std::string_view text);
  // `text` must have no "--" in it.
  void Comment(std::string_view text);
  void End();

  // Bytes written so far.
  size_t size() const { return out_.size(); }
  // All elements are closed.
  std::string Take() && { return std::move(out_); }

 private:
  struct Open {
    std::string_view name;
    bool has_text = false;
    bool has_elements = false;
  };

  void BeginLine();

  std::string out_;
  std::vector<Open> open_;
  bool in_tag_ = false;  // the start tag written last has no '>' yet
};

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_PRINT_XML_H_
