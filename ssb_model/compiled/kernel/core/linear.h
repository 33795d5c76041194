/* ---- the linear systems (shift M - J) x = b ---- */

#define TOGETHER 4 /* right-hand sides solved at once */

/* Row by row: L's entries, the pivot's inverse, U's. Each row is gathered by column in `row`
 * (states), less the rows above it. */
static void factorise(const Model *model, const v *jac, v shift, v *restrict lu, v *restrict row) {
  const int32_t *column = model->lu_column, *pivots = model->pivot, *starts = model->lu_start;
  for (int i = 0; i < model->states; i++) {
    int start = starts[i], pivot = pivots[i], end = starts[i + 1];
    for (int p = start; p < end; p++) {
      int s = model->source[p];
      row[column[p]] = s < 0 ? v_of(0) : model->mass[s] * shift - jac[s];
    }
    for (int p = start; p < pivot; p++) {
      int k = column[p];
      v factor = lu[p] = row[k] * lu[pivots[k]];
      for (int q = pivots[k] + 1; q < starts[k + 1]; q++) row[column[q]] -= factor * lu[q];
    }
    lu[pivot] = 1 / row[i];
    for (int p = pivot + 1; p < end; p++) lu[p] = row[column[p]];
  }
}

/* Solve for `count` right-hand sides b in the order of the states; a solution may take the place of
 * its right-hand side. Always called with a constant count, for which the compiler unrolls the inner
 * loops: an entry of L or U is read once for all. */
static inline __attribute__((always_inline)) void solve_count(const Model *model, const int count,
                                                              const v *lu, const v *const *b,
                                                              v *const *x, v *work) {
  const int32_t *column = model->lu_column, *pivots = model->pivot, *starts = model->lu_start;
  v value[TOGETHER];
  for (int k = 0; k < model->states; k++) {
    for (int n = 0; n < count; n++) value[n] = b[n][model->equation[k]];
    for (int p = starts[k]; p < pivots[k]; p++)
      for (int n = 0; n < count; n++) value[n] -= lu[p] * work[column[p] * count + n];
    for (int n = 0; n < count; n++) work[k * count + n] = value[n];
  }
  for (int k = model->states - 1; k >= 0; k--) {
    for (int n = 0; n < count; n++) value[n] = work[k * count + n];
    for (int p = pivots[k] + 1; p < starts[k + 1]; p++)
      for (int n = 0; n < count; n++) value[n] -= lu[p] * work[column[p] * count + n];
    for (int n = 0; n < count; n++)
      x[n][model->order[k]] = work[k * count + n] = value[n] * lu[pivots[k]];
  }
}

/* In place. */
static void solve_many(const Model *model, const v *lu, int64_t count, v *const *x, v *work) {
  const v *const *b = (const v *const *)x;
  for (; count >= TOGETHER; count -= TOGETHER, b += TOGETHER, x += TOGETHER)
    solve_count(model, TOGETHER, lu, b, x, work);
  if (count == 3) solve_count(model, 3, lu, b, x, work);
  if (count == 2) solve_count(model, 2, lu, b, x, work);
  if (count == 1) solve_count(model, 1, lu, b, x, work);
}

static void solve(const Model *model, const v *lu, const v *b, v *x, v *work) {
  solve_count(model, 1, lu, &b, &x, work);
}

static void add_mass_times(const Model *model, const v *x, v scale, v *to) {
  for (int p = 0; p < model->mass_entries; p++)
    to[model->mass_row[p]] += model->mass_value[p] * scale * x[model->mass_column[p]];
}

static void add_matrix_times(const Model *model, const v *entries, const v *x, v *to) {
  for (int p = 0; p < model->entries; p++) to[model->row[p]] += entries[p] * x[model->column[p]];
}

/* Whether a solution satisfies its equations, row by row, as well as one so large should: there is
 * no pivoting to rely on. */
static m satisfies(const Model *model, const v *jac, v shift, const v *b, const v *x, v *work) {
  int states = model->states;
  v *sum = work, *size = work + states, largest = v_of(0);
  for (int i = 0; i < states; i++) {
    sum[i] = -b[i];
    size[i] = v_abs(b[i]);
    largest = v_larger(v_abs(x[i]), largest);
  }
  for (int p = 0; p < model->entries; p++) {
    v entry = model->mass[p] * shift - jac[p];
    sum[model->row[p]] += entry * x[model->column[p]];
    size[model->row[p]] += v_abs(entry) * largest;
  }
  m good = all();
  for (int i = 0; i < states; i++) good &= v_abs(sum[i]) <= RESIDUAL * size[i];
  return good;
}
