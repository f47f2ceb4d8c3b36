/* A sensor that supplies what its contract says. Each of these macros makes it a wrong one, in one
   way, and it must not compile then:
     SHORT_LIST   the last of the 21 fields is missing in the list
     MOVED        two fields have changed places
     RETYPED      a field has another value type
     SHORT_ARRAY  an array of its own has 20 elements
     LONG_ARRAY   an array of its own has 22 elements
     POINTER      what is said to be the supply is a pointer
     OLD_COUNT    a constant of its own is 20
     OLD_INDEX    an index of its own is that of another version
     OLD_TYPE     a value type of its own is that of another version */

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "acme.h"

typedef const char* (*reader)(void);
static const char* nothing(void) { return ""; }
static const char* detail(void) { return "detail"; }

/* The table by a list. */
#ifdef MOVED
#define PIPE_AND_ACCESS(X)                  \
  X(acme_NamedPipe, access, hex32, nothing) \
  X(acme_NamedPipe, pipe, string, nothing)
#else
#define PIPE_AND_ACCESS(X)                 \
  X(acme_NamedPipe, pipe, string, nothing) \
  X(acme_NamedPipe, access, hex32, nothing)
#endif
#ifdef RETYPED
#define PARENT_ID(X) X(acme_NamedPipe, parent_id, uint64, nothing)
#else
#define PARENT_ID(X) X(acme_NamedPipe, parent_id, uint32, nothing)
#endif
#ifdef SHORT_LIST
#define DETAIL(X)
#else
#define DETAIL(X) X(acme_NamedPipe, detail, unknown, detail)
#endif
#define SUPPLY(X)                                         \
  X(acme_NamedPipe, event, uint16, nothing)               \
  X(acme_NamedPipe, time, time, nothing)                  \
  X(acme_NamedPipe, process_guid, guid, nothing)          \
  X(acme_NamedPipe, process_id, uint32, nothing)          \
  X(acme_NamedPipe, process_start, uint64, nothing)       \
  X(acme_NamedPipe, image, string, nothing)               \
  X(acme_NamedPipe, command_line, string, nothing)        \
  X(acme_NamedPipe, user, string, nothing)                \
  X(acme_NamedPipe, elevated, boolean, nothing)           \
  X(acme_NamedPipe, integrity, hex32, nothing)            \
  X(acme_NamedPipe, logon_id, hex64, nothing)             \
  PIPE_AND_ACCESS(X)                                      \
  X(acme_NamedPipe, offset, int64, nothing)               \
  X(acme_NamedPipe, remote, ip, nothing)                  \
  X(acme_NamedPipe, parent_guid, guid, nothing)           \
  PARENT_ID(X)                                            \
  X(acme_NamedPipe, parent_image, string, nothing)        \
  X(acme_NamedPipe, parent_command_line, string, nothing) \
  X(acme_NamedPipe, parent_user, string, nothing)         \
  DETAIL(X)
SLUICE_SUPPLY(acme_NamedPipe, reader, readers, SUPPLY);

/* The same, declared in its own way. */
static const char* const offsets[] = {"0",  "2",  "10", "26", "30", "38", "46", "54", "62",  "63",
#ifndef SHORT_ARRAY
                                      "67",
#endif
#ifdef LONG_ARRAY
                                      "69",
#endif
                                      "75", "83", "87", "95", "96", "97", "98", "99", "100", "101"};
SLUICE_CHECK_SUPPLY(acme_NamedPipe, offsets);

#ifdef OLD_COUNT
#define OWN_COUNT 20
#else
#define OWN_COUNT 21
#endif
SLUICE_CHECK_COUNT(acme_NamedPipe, OWN_COUNT);

#ifdef OLD_INDEX
enum { OWN_PIPE = 10 };
#else
enum { OWN_PIPE = 11 };
#endif
#ifdef OLD_TYPE
SLUICE_CHECK_FIELD(acme_NamedPipe, pipe, OWN_PIPE, guid);
#else
SLUICE_CHECK_FIELD(acme_NamedPipe, pipe, OWN_PIPE, string);
#endif
SLUICE_CHECK_COUNT(acme_Heartbeat, 0);

#ifdef POINTER
static int evaluate(const char* values[OWN_COUNT]) {
  SLUICE_CHECK_SUPPLY(acme_NamedPipe, values);
  return values[0] != NULL;
}
#endif

/* Says what does not hold, and how often. */
static int failures = 0;
static void expect(bool holds, const char* what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  ++failures;
}
#define EXPECT(condition) expect(condition, #condition)

static void check_accessors(void) {
  sluice_supply_acme_NamedPipe event;
  const sluice_text pipe = {"\\pipe\\a", 7};
  memset(&event, 0, sizeof event);
  EXPECT(sluice_get_acme_NamedPipe_pipe(&event) == NULL);
  sluice_set_acme_NamedPipe_pipe(&event, pipe);
  sluice_set_acme_NamedPipe_process_id(&event, 4294967295u);
  sluice_set_acme_NamedPipe_offset(&event, -1);
  sluice_set_acme_NamedPipe_elevated(&event, true);
  EXPECT(sluice_get_acme_NamedPipe_pipe(&event)->size == 7);
  EXPECT(*sluice_get_acme_NamedPipe_process_id(&event) == 4294967295u);
  EXPECT(*sluice_get_acme_NamedPipe_offset(&event) == -1);
  EXPECT(*sluice_get_acme_NamedPipe_elevated(&event));
  EXPECT(sluice_get_acme_NamedPipe_detail(&event) == NULL);
  EXPECT(event.fields[OWN_PIPE].supplied);
  EXPECT(event.fields[OWN_PIPE].kind == SLUICE_TYPE_string);
  /* Another type than that of the field is not read as that of the field. */
  event.fields[OWN_PIPE].kind = SLUICE_TYPE_uint64;
  EXPECT(sluice_get_acme_NamedPipe_pipe(&event) == NULL);
}

int main(void) {
  const size_t types = sizeof sluice_types_acme / sizeof sluice_types_acme[0];
  EXPECT(types == 2);
  EXPECT(strcmp(sluice_types_acme[0].name, "NamedPipe") == 0);
  EXPECT(sluice_types_acme[0].id == 4 && sluice_types_acme[0].count == 21);
  EXPECT(strcmp(sluice_types_acme[0].fields[OWN_PIPE], "pipe") == 0);
  EXPECT(sluice_types_acme[1].count == 0 && sluice_types_acme[1].fields == NULL);
  EXPECT(sizeof readers / sizeof readers[0] == 21);
  EXPECT(strcmp(readers[acme_NamedPipe_detail](), "detail") == 0);
  EXPECT(strcmp(readers[0](), "") == 0);
  EXPECT(strcmp(offsets[20], "101") == 0);
  check_accessors();
  printf("%016" PRIX64 "\n", sluice_fingerprint_acme_NamedPipe);
  return failures == 0 ? 0 : 1;
}
