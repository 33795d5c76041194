/* ---- the linear systems (shift M - J) x = b ---- */

#define TOGETHER 4 /* right-hand sides solved at once */

/* Row by row: L's entries, the pivot's inverse, U's. Each row is gathered by column in `row`
 * (states), less the rows above it. Rows all of whose entries others have too are left out. */
static void factorise(const Model *model, const v *jac, v shift, v *restrict lu, v *restrict row) {
  const int32_t *column = model->lu_column, *pivots = model->pivot, *starts = model->lu_start;
  const int32_t *at = model->lu_at;
  for (int n = 0; n < model->fresh_rows; n++) {
    int i = model->fresh_row[n], start = starts[i], pivot = pivots[i], end = starts[i + 1];
    for (int p = start; p < end; p++) {
      int s = model->source[p];
      if (s < 0) row[column[p]] = v_of(0);
      else row[column[p]] = model->mass[s] * shift - jac[s];
    }
    for (int p = start; p < pivot; p++) {
      int k = column[p];
      v factor = lu[at[p]] = row[k] * lu[at[pivots[k]]];
      for (int q = pivots[k] + 1; q < starts[k + 1]; q++) row[column[q]] -= factor * lu[at[q]];
    }
    lu[at[pivot]] = 1 / row[i];
    for (int p = pivot + 1; p < end; p++) lu[at[p]] = row[column[p]];
  }
}

/* Take `terms` products of a row of L or U, from entry p on, off its values. */
INLINE void take_off(const Model *model, const int count, const int terms, const v *lu, int p,
                     const v *work, v *value) {
  const int32_t *column = model->lu_column, *at = model->lu_at;
  UNROLL for (int j = 0; j < terms; j++) {
    const v *of = work + column[p + j] * count;
    v entry = lu[at[p + j]];
    UNROLL for (int n = 0; n < count; n++) value[n] -= entry * of[n];
  }
}

/* Rows [from, to) of L, each with so many entries. To b comes M times `moving`, if any, where M is
 * diagonal. */
INLINE void forward(const Model *model, const int count, const int terms, int from, int to,
                    const v *lu, const v *const *b, const v *moving, v scale, v *work) {
  const int32_t *starts = model->lu_start, *equation = model->equation;
  for (int k = from; k < to; k++) {
    v value[TOGETHER];
    UNROLL for (int n = 0; n < count; n++) value[n] = b[n][equation[k]];
    if (moving) value[0] += model->diagonal[equation[k]] * scale * moving[equation[k]];
    take_off(model, count, terms, lu, starts[k], work, value);
    UNROLL for (int n = 0; n < count; n++) work[k * count + n] = value[n];
  }
}

/* Rows [from, to) of U, the last one first. */
INLINE void backward(const Model *model, const int count, const int terms, int from, int to,
                     const v *lu, v *const *x, v *work) {
  const int32_t *pivots = model->pivot, *order = model->order, *at = model->lu_at;
  for (int k = to - 1; k >= from; k--) {
    v value[TOGETHER];
    UNROLL for (int n = 0; n < count; n++) value[n] = work[k * count + n];
    take_off(model, count, terms, lu, pivots[k] + 1, work, value);
    UNROLL for (int n = 0; n < count; n++)
      x[n][order[k]] = work[k * count + n] = value[n] * lu[at[pivots[k]]];
  }
}

#define BY_TERMS(terms, with, ...) \
  switch (terms) { \
    case 1: with(model, count, 1, __VA_ARGS__); break; \
    case 2: with(model, count, 2, __VA_ARGS__); break; \
    case 3: with(model, count, 3, __VA_ARGS__); break; \
    default: with(model, count, terms, __VA_ARGS__); \
  }

/* Solve for `count` right-hand sides b in the order of the states; a solution may take the place of
 * its right-hand side. Always called with a constant count, and with runs of rows that have as many
 * entries, so that the inner loops are unrolled: an entry of L or U is read once for all. */
INLINE void solve_count(const Model *model, const int count, const v *lu, const v *const *b,
                        const v *moving, v scale, v *const *x, v *work) {
  const int32_t *run = model->lower_run;
  for (int r = 0; r < model->lower_runs; r++)
    BY_TERMS(run[3 * r + 2], forward, run[3 * r], run[3 * r + 1], lu, b, moving, scale, work)
  run = model->upper_run;
  for (int r = model->upper_runs - 1; r >= 0; r--)
    BY_TERMS(run[3 * r + 2], backward, run[3 * r], run[3 * r + 1], lu, x, work)
}

/* In place. */
static void solve_many(const Model *model, const v *lu, int64_t count, v *const *x, v *work) {
  const v *const *b = (const v *const *)x;
  v one = v_of(1);
  for (; count >= TOGETHER; count -= TOGETHER, b += TOGETHER, x += TOGETHER)
    solve_count(model, TOGETHER, lu, b, 0, one, x, work);
  if (count >= 2) solve_count(model, 2, lu, b, 0, one, x, work);
  if (count % 2) solve_count(model, 1, lu, b + count - 1, 0, one, x + count - 1, work);
}

/* For b, plus scale M moving where M is diagonal. */
static void solve_one(const Model *model, const v *lu, const v *b, const v *moving, v scale, v *x,
                      v *work) {
  solve_count(model, 1, lu, &b, moving, scale, &x, work);
}

static void solve(const Model *model, const v *lu, const v *b, v *x, v *work) {
  solve_one(model, lu, b, 0, v_of(1), x, work);
}

static void add_mass_times(const Model *model, const v *x, v scale, v *to) {
  for (int p = 0; p < model->mass_entries; p++)
    to[model->mass_row[p]] += model->mass_value[p] * scale * x[model->mass_column[p]];
}

/* f + scale M x, which is not f. */
static void with_mass_times(const Model *model, const v *f, const v *x, v scale, v *to) {
  const double *diagonal = model->diagonal;
  if (diagonal)
    for (int i = 0; i < model->states; i++) to[i] = f[i] + diagonal[i] * scale * x[i];
  else {
    copy(to, f, model->states);
    add_mass_times(model, x, scale, to);
  }
}

/* Solve for b + scale M moving; b may change. */
static void solve_moving(const Model *model, const v *lu, v *b, const v *moving, v scale, v *x,
                         v *work) {
  if (!model->diagonal) add_mass_times(model, moving, scale, b);
  solve_one(model, lu, b, model->diagonal ? moving : 0, scale, x, work);
}

/* A matrix that is zero but in some entries of the pattern, whose rows rise. */
typedef struct { v *value; int *entry, entries; } Sparse;

static void keep_entries(const Model *model, Sparse *matrix, int *kept) {
  for (int k = 0; k < model->values; k++) kept[k] = any(matrix->value[k] != 0.0);
  matrix->entries = 0;
  for (int p = 0; p < model->entries; p++)
    if (kept[model->value[p]]) matrix->entry[matrix->entries++] = p;
}

static void add_matrix_times(const Model *model, const Sparse *matrix, const v *x, v *to) {
  const int32_t *row = model->row, *column = model->column, *value = model->value;
  const int *entry = matrix->entry, entries = matrix->entries;
  for (int n = 0; n < entries;) {
    int i = row[entry[n]];
    v sum = to[i];
    do {
      int p = entry[n++];
      sum += matrix->value[value[p]] * x[column[p]];
    } while (n < entries && row[entry[n]] == i);
    to[i] = sum;
  }
}

/* Whether a solution satisfies its equations, row by row, as well as one so large should: there is
 * no pivoting to rely on. */
static m satisfies(const Model *model, const v *jac, v shift, const v *b, const v *x) {
  const int32_t *start = model->row_start, *column = model->column, *value = model->value;
  v largest = v_of(0);
  m good = all();
  for (int i = 0; i < model->states; i++) largest = v_larger(v_abs(x[i]), largest);
  for (int i = 0; i < model->states; i++) {
    v sum = -b[i], size = v_of(0);
    for (int p = start[i]; p < start[i + 1]; p++) {
      v entry = model->mass[value[p]] * shift - jac[value[p]];
      sum += entry * x[column[p]];
      size += v_abs(entry);
    }
    good &= v_abs(sum) <= RESIDUAL * (v_abs(b[i]) + size * largest);
  }
  return good;
}
