/* ---- a model's parts, whose functions are known where they are called ---- */

#define PART(name) \
  struct name##_part { \
    int size, at, moved_size, moved_at; \
    static void value(const v *t, const v *y, const v *u, v *w) { ssb::name(t, y, u, w); } \
    static void once(const v *t, const v *y, const v *u, v *w) { ssb::name##_once(t, y, u, w); } \
    static void moved(const v *t, const v *y, const v *u, const v *dy, const v *du, v *w) { \
      ssb::name##_moved(t, y, u, dy, du, w); \
    } \
  } name
#define PART_OF(value, once, moved, ...) {__VA_ARGS__}
