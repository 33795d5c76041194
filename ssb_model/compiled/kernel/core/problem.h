/* ---- a solve's arguments and results ---- */

enum { IN_Y, IN_INPUTS, IN_CHANGING, IN_LIMITS, IN_TIMES, MOVING,
       IN_SHARES = MOVING, IN_DURATION, IN_MARGINS, IN_RULES, IN_COUNTED, IN_PLACES, IN_NUMBERS, ARGUMENTS };
enum { OUT_VALUES, OUT_T, OUT_SEGMENT, OUT_H, OUT_ENDS, OUT_Y, OUT_FINAL, RESULTS };
enum { AFTER, CONTINUOUS, PERIOD, STOPS, BEGINS, RULES }; /* of a segment; then its watched limits */
enum { RTOL, ATOL, MAX_STEPS, HAS_BEGINS, RECORDS };
enum { END_START, END_ELAPSED, END_SEGMENT, END_OUTCOME, END_EVENT, END_ACCEPTED, END_TRIED, END_FILLED, ENDS };
enum { LIMIT_COUNT = 7, LIMIT_TIME = 6 };

/* What follows is also in direct.py.
 * An array (..., batch) of the callers; its size without the batch, and its first two dimensions. */
typedef struct { double *at; int64_t rows, dims[2]; } Array;

/* y : (states, batch), or none for the model's own initial state
 * inputs : (inputs but time, batch); changing (segments, changing, batch), those that segments set
 * limits : (segments, LIMIT_COUNT, batch), or none; times (times, batch), or none for periods
 * shares : (segments, shares); duration (segments, batch); margins (events,)
 * rules : (segments, RULES + watched); counted (batch,), how many segments there are
 * places : rows of the inputs that `changing` is, then those of shares and of the segment's start
 * Of the derivatives, (directions, ...), any may be missing: it is zero. */
typedef struct {
  Array in[ARGUMENTS], moved[MOVING], out[RESULTS], moved_out[RESULTS];
  int64_t directions, batch, slots;
} Problem;

/* One of the numbers: RTOL, ... */
static inline double setting(const Problem *p, int which) { return p->in[IN_NUMBERS].at[which]; }

static inline int records(const Problem *p) { return setting(p, RECORDS) != 0; }

static inline double at_member(Array array, int64_t row, int64_t batch, int64_t member) {
  return array.at[row * batch + member];
}

/* A direction's row of an argument; zero where it does not move. */
static inline double moved_at(const Problem *p, int argument, int64_t direction, int64_t row,
                              int64_t member) {
  Array moved = p->moved[argument];
  if (!moved.at) return 0;
  return moved.at[(direction * p->in[argument].rows + row) * p->batch + member];
}

static inline double *moved_out(const Problem *p, int result, int64_t direction) {
  return p->moved_out[result].at + direction * p->out[result].rows * p->batch;
}

static inline double rule_of(const Problem *p, int64_t segment, int64_t rule) {
  return p->in[IN_RULES].at[segment * p->in[IN_RULES].dims[1] + rule];
}

static inline double duration_of(const Problem *p, int64_t segment, int64_t member) {
  return at_member(p->in[IN_DURATION], segment, p->batch, member);
}
