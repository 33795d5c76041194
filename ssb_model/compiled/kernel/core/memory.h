/* The callers' arrays, (rows, batch), of which a block of WIDTH columns at a time is brought into a
 * workspace that stays in a core's cache. */

#define MOST_BUFFERS 24

/* Arguments, with their first dimensions, and results; members of the batch. */
typedef struct {
  void *in[MOST_BUFFERS], *out[MOST_BUFFERS];
  int64_t in_rows[MOST_BUFFERS], arguments, batch;
} Call;

/* A block's members: the first, and how many of the batch there are from it on (at most WIDTH). */
typedef struct { int64_t batch, first; int count; } Place;

static Place place_of(const Call *call, int64_t first) {
  int64_t left = call->batch - first;
  return (Place){call->batch, first, left < WIDTH ? (int)left : WIDTH};
}

/* Lanes beyond the last member repeat it. */
static void load(v *to, const double *from, int64_t rows, Place place) {
  if (place.count == WIDTH)
    for (int64_t r = 0; r < rows; r++) memcpy(to + r, from + r * place.batch + place.first, sizeof(v));
  else
    for (int64_t r = 0; r < rows; r++)
      for (int l = 0; l < WIDTH; l++)
        LANE(to[r], l) = from[r * place.batch + place.first + (l < place.count ? l : place.count - 1)];
}

/* A direction of an argument that moves, (directions, rows, batch); zero where it has none. */
static void load_moved(v *to, const Call *call, int argument, int64_t direction, int64_t rows,
                       Place place) {
  const double *from = call->in[argument];
  if (call->in_rows[argument]) load(to, from + direction * rows * place.batch, rows, place);
  else
    for (int64_t r = 0; r < rows; r++) to[r] = v_of(0);
}

static int64_t directions_of(const Call *call, int first) {
  if (call->arguments <= first) return 0;
  return call->in_rows[first] > call->in_rows[first + 1] ? call->in_rows[first] : call->in_rows[first + 1];
}

static void store(double *to, const v *from, int64_t rows, Place place) {
  for (int64_t r = 0; r < rows; r++)
    memcpy(to + r * place.batch + place.first, from + r, sizeof(double) * place.count);
}

/* A workspace that is handed out row by row; without a start it only counts. */
typedef struct { v *start; int64_t used; } Memory;

static v *rows(Memory *memory, int64_t count) {
  v *from = memory->start ? memory->start + memory->used : 0;
  memory->used += count;
  return from;
}

/* Room where every `v` is aligned. */
#ifdef _WIN32
#include <malloc.h>
static void *room_for(size_t bytes) { return _aligned_malloc(bytes + 64, 64); }
static void give_back(void *room) { _aligned_free(room); }
#else
static void *room_for(size_t bytes) { return aligned_alloc(64, (bytes + 64) / 64 * 64); }
static void give_back(void *room) { free(room); }
#endif

static Memory memory_of(int64_t count) { return (Memory){room_for(sizeof(v) * count), 0}; }

static inline void copy(v *to, const v *from, int64_t count) { memcpy(to, from, sizeof(v) * count); }

static inline m all(void) { return v_of(0) == 0.0; }
static inline m none(void) { return v_of(0) != 0.0; }

static int any(m mask) {
  int64_t bits = 0;
  for (int l = 0; l < WIDTH; l++) bits |= LANE(mask, l);
  return bits != 0;
}
