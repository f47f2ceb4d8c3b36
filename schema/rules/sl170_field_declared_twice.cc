// SL170 field-declared-twice
//
// A template type of a channel file declares two fields of the same name, or one without a name.
//
// Where content is bound by name, a sensor finds one of the two, and another sensor the other; a
// field without a name is found by none. Where it is bound by index, nothing says which of its own
// fields the sensor is to supply.
//
//   type "net": fields "host", "port", "host"
//
// The format lets it pass, since a reader without memory cannot compare the names. The text form
// cannot say it, and `sluice compile` does not write it.
//
// Fix: give each field of a template type a name of its own.
//
// Source: the channel file, "Types and fields".

#include "schema/field_decls.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL170;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachAmbiguousFieldDecl(in.content, [&](const TemplateType& type, const FieldDecl& field) {
    Finding* f = out.Report(kSL170, field.place);
    if (f == nullptr) return;
    Say(*f, "cannot tell which field is meant",
        field.name.empty() ? Cat("a field of the template type ", Quoted(type.name), " has no name")
                           : Cat("the template type ", Quoted(type.name), " declares the field ",
                                 Quoted(field.name), " twice"),
        "give each field of a template type a name of its own");
  });
}

constexpr ContentClasses kChannelFiles = kChannelContent | ContentClass::kCompiledSigma |
                                         ContentClass::kConfigurationText | ContentClass::kBlobText;

}  // namespace

const Rule kSL170 = {
    {"SL170", "field-declared-twice", Severity::kError, Category::kInvalid,
     "a template type declares two fields of one name, or one without a name", kChannelFiles},
    Check};

}  // namespace sluice
