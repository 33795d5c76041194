/* ---- impedance ---- */

typedef struct { v re, im; } z;

static inline z z_times(z a, z b) {
  return (z){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static inline z z_inverse(z a) {
  v scale = 1 / (a.re * a.re + a.im * a.im);
  return (z){a.re * scale, -a.im * scale};
}

static inline void z_subtract(z *from, z a, z b) {
  z product = z_times(a, b);
  from->re -= product.re;
  from->im -= product.im;
}

/* Factorise i w M - J; as in factorise(). */
static void z_factorise(const Model *model, const v *jac, double w, z *restrict lu, z *restrict row) {
  const int32_t *column = model->lu_column, *pivots = model->pivot, *starts = model->lu_start;
  const int32_t *at = model->lu_at;
  for (int n = 0; n < model->fresh_rows; n++) {
    int i = model->fresh_row[n], start = starts[i], pivot = pivots[i], end = starts[i + 1];
    for (int p = start; p < end; p++) {
      int s = model->source[p];
      row[column[p]] = s < 0 ? (z){v_of(0), v_of(0)} : (z){-jac[s], v_of(w * model->mass[s])};
    }
    for (int p = start; p < pivot; p++) {
      int k = column[p];
      z factor = lu[at[p]] = z_times(row[k], lu[at[pivots[k]]]);
      for (int q = pivots[k] + 1; q < starts[k + 1]; q++)
        z_subtract(row + column[q], factor, lu[at[q]]);
    }
    lu[at[pivot]] = z_inverse(row[i]);
    for (int p = pivot + 1; p < end; p++) lu[at[p]] = row[column[p]];
  }
}

/* x and l, by place in the elimination, with A x = p e and l' A = p e', e the last unit vector. */
static void z_solve_last(const Model *model, const z *lu, z *x, z *l) {
  const int32_t *column = model->lu_column, *pivots = model->pivot, *starts = model->lu_start;
  const int32_t *at = model->lu_at;
  int last = model->states - 1;
  for (int k = 0; k <= last; k++) {
    x[k] = (z){v_of(0), v_of(0)};
    l[k] = (z){v_of(k == last), v_of(0)};
  }
  for (int k = last; k >= 0; k--) {
    z value = {v_of(0), v_of(0)};
    for (int p = pivots[k] + 1; p < starts[k + 1]; p++) z_subtract(&value, lu[at[p]], x[column[p]]);
    x[k] = k == last ? l[k] : z_times(value, lu[at[pivots[k]]]);
    for (int p = starts[k]; p < pivots[k]; p++) z_subtract(l + column[p], lu[at[p]], l[k]);
  }
}

/* A block's workspace: states and inputs, their direction, the Jacobian and its derivatives, factors. */
typedef struct {
  v *y, *u, *dy, *du, *w, *moved, *djac;
  z *lu, *x, *l;
} Spectrum;

BOTH Spectrum spectrum_in(Memory *memory, const Model *model, int64_t directions) {
  Spectrum s = {.y = rows(memory, model->states), .u = rows(memory, model->inputs)};
  s.dy = rows(memory, model->states);
  s.du = rows(memory, model->inputs);
  s.w = rows(memory, model->jacobian.size);
  s.moved = rows(memory, model->jacobian.moved_size);
  s.djac = rows(memory, directions * model->values);
  s.lu = (z *)rows(memory, 2 * (int64_t)model->store);
  s.x = (z *)rows(memory, 2 * model->states);
  s.l = (z *)rows(memory, 2 * model->states);
  return s;
}

/* Arguments y, u, frequencies, then dy, du; results real and imaginary part of the last pivot
 * (frequencies, batch), then their derivatives: dp = l' dA x. */
static void last_pivot_block(const Model *model, const Call *call, int64_t directions, Place place,
                             const Spectrum *s) {
  void *const *in = call->in, *const *out = call->out;
  const double *hertz = (const double *)in[2];
  int64_t frequencies = call->in_rows[2], batch = call->batch;
  const v *t = s->u + model->inputs - 1;
  load(s->y, (const double *)in[0], model->states, place);
  load(s->u, (const double *)in[1], model->inputs, place);
  model->jacobian.value(t, s->y, s->u, s->w);
  if (directions) model->jacobian.once(t, s->y, s->u, s->moved);
  for (int64_t n = 0; n < directions; n++) {
    load_moved(s->dy, call, 3, n, model->states, place);
    load_moved(s->du, call, 4, n, model->inputs, place);
    model->jacobian.moved(t, s->y, s->u, s->dy, s->du, s->moved);
    copy(s->djac + n * model->values, s->moved + model->jacobian.moved_at, model->values);
  }
  for (int64_t f = 0; f < frequencies; f++) {
    z_factorise(model, s->w + model->jacobian.at, 2 * M_PI * hertz[f], s->lu, s->x);
    z pivot = z_inverse(s->lu[model->lu_at[model->pivot[model->states - 1]]]);
    store((double *)out[0] + f * batch, &pivot.re, 1, place);
    store((double *)out[1] + f * batch, &pivot.im, 1, place);
    if (directions) z_solve_last(model, s->lu, s->x, s->l);
    for (int64_t n = 0; n < directions; n++) {
      const v *djac = s->djac + n * model->values;
      z sum = {v_of(0), v_of(0)};
      for (int p = 0; p < model->row_start[model->states]; p++) {
        z weight = z_times(s->l[model->place_of_row[model->row[p]]], s->x[model->place[model->column[p]]]);
        sum.re -= weight.re * djac[model->value[p]];
        sum.im -= weight.im * djac[model->value[p]];
      }
      int64_t row = (n * frequencies + f) * batch;
      store((double *)out[2] + row, &sum.re, 1, place);
      store((double *)out[3] + row, &sum.im, 1, place);
    }
  }
}
