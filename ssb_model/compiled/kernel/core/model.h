/* What the core knows of a model: its functions, sizes and tables, as they are generated. */

/* A function of time, states and inputs that fills a workspace of `size` rows, where its value begins
 * at `at`. `moved` is its derivative in the direction (dy, du), in a workspace that `once` has
 * prepared: it holds what all directions have in common. */
typedef struct {
  void (*value)(const v *t, const v *y, const v *u, v *w);
  void (*once)(const v *t, const v *y, const v *u, v *w);
  void (*moved)(const v *t, const v *y, const v *u, const v *dy, const v *du, v *w);
  int size, at, moved_size, moved_at;
} Part;

#ifndef PART /* else gpu/parts.h has it */
#define PART(name) Part name
#define PART_OF(value, once, moved, ...) {value, once, moved, __VA_ARGS__}
#endif

/* Rows of what is observed: outputs, events, terminals (voltage, current, discharge capacity) or
 * none, and the limits that the model was given. */
typedef struct { int at, count; } Group;

typedef struct {
  int states, inputs, values, entries, store, fresh_rows, mass_entries, observed, alone, lower_runs, upper_runs;
  int held, current; /* the state that takes the current over where a segment begins, or -1 */
  int has_time, has_algebraic, jacobian_rhs_at;
  Group outputs, events, terminals, watched;
  PART(initial);
  PART(rhs);
  PART(jacobian);
  PART(rhs_time);
  PART(observe);
  /* L and U by rows, in the order of elimination: where their entries are kept, those that are equal
   * once, and which value of M - J they come from; the rows that have entries of their own; runs of
   * rows with as many entries of L, or of U: from, to, how many */
  const int32_t *lu_start, *lu_column, *lu_at, *source, *fresh_row;
  const int32_t *pivot, *order, *equation, *place, *place_of_row;
  const int32_t *lower_run, *upper_run;
  /* the pattern of M - J, whose rows rise, with which of its values each entry has, and of M; the
   * algebraic variables' states; what is observed */
  const int32_t *row, *row_start, *column, *value, *mass_row, *mass_column;
  const int32_t *algebraic, *alone_from, *alone_to;
  const int32_t *observed_row;
  const double *mass, *mass_value; /* M in each value of M - J, and on its own pattern */
  const double *diagonal; /* of M, if there is nothing else */
} Model;

/* The core's functions, called through the model's own: XLA's take a call frame, `run` a Problem,
 * `look` a Call as `observe` has it. */
typedef struct {
  void *(*solve)(const Model *model, void *frame);
  void *(*consistent)(const Model *model, void *frame);
  void *(*observe)(const Model *model, void *frame);
  void *(*last_pivot)(const Model *model, void *frame);
  void (*run)(const Model *model, const void *problem);
  void (*look)(const Model *model, const void *call);
} Core;
