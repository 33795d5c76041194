/* The callers' arrays, (rows, batch), of which a block of WIDTH columns at a time is brought into a
 * workspace: on a CPU one that stays in a core's cache. */

#define MOST_BUFFERS 24

/* Arguments, with their first dimensions, and results; members of the batch. Also in direct.py. */
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
    for (int64_t r = 0; r < rows; r++) to[r] = v_load(from + r * place.batch + place.first);
  else
    for (int64_t r = 0; r < rows; r++)
      for (int l = 0; l < WIDTH; l++)
        LANE(to[r], l) = from[r * place.batch + place.first + (l < place.count ? l : place.count - 1)];
}

/* A direction of an argument that moves, (directions, rows, batch); zero where it has none. */
static void load_moved(v *to, const Call *call, int argument, int64_t direction, int64_t rows,
                       Place place) {
  const double *from = (const double *)call->in[argument];
  if (call->in_rows[argument]) load(to, from + direction * rows * place.batch, rows, place);
  else
    for (int64_t r = 0; r < rows; r++) to[r] = v_of(0);
}

static void store(double *to, const v *from, int64_t rows, Place place) {
  for (int64_t r = 0; r < rows; r++)
    v_store(to + r * place.batch + place.first, from + r, place.count);
}

/* A workspace that is handed out row by row, and room for what is no `v`, by bytes; without a start
 * it only counts. */
typedef struct { v *start; char *plain; int64_t used, bytes; } Memory;

BOTH v *rows(Memory *memory, int64_t count) {
  v *from = memory->start ? memory->start + memory->used : 0;
  memory->used += count;
  return from;
}

#define ALIGNED 64 /* enough for every `v` */

BOTH void *room_for(Memory *memory, int64_t bytes) {
  char *from = memory->start ? memory->plain + memory->bytes : 0;
  memory->bytes += (bytes + ALIGNED - 1) / ALIGNED * ALIGNED;
  return from;
}

static inline m all(void) { return v_of(0) == 0.0; }
static inline m none(void) { return v_of(0) != 0.0; }

static int any(m mask) {
  int64_t bits = 0;
  for (int l = 0; l < WIDTH; l++) bits |= LANE(mask, l);
  return bits != 0;
}
