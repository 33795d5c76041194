/* Steps of RODAS, Newton corrections, consistent states and impedances of one model, called by XLA.
 *
 * The lines above this file in the compiled source are generated: sizes, constant tables, the
 * elimination plan, and the functions rhs, jacobian and their tangents, all by WIDTH members.
 * Arrays of the callers are (rows, batch); a block of WIDTH columns at a time is brought into a
 * workspace that stays in a core's cache. The method is that of rodas.py.
 */
#include "xla/ffi/api/c_api.h"

/* ---- the callers' arrays ---- */

#define MOST_BUFFERS 8

/* Arguments, their first dimensions (0 where there is none), results; members of the batch. */
typedef struct {
  double *in[MOST_BUFFERS], *out[MOST_BUFFERS];
  int64_t rows[MOST_BUFFERS], batch;
} Call;

static inline void load(v *to, const double *from, int64_t rows, int64_t batch, int64_t first) {
  if (first + WIDTH <= batch)
    for (int64_t r = 0; r < rows; r++) memcpy(to + r, from + r * batch + first, sizeof(v));
  else
    for (int64_t r = 0; r < rows; r++)
      for (int l = 0; l < WIDTH; l++) {
        int64_t member = first + l < batch ? first + l : batch - 1;
        to[r][l] = from[r * batch + member];
      }
}

static inline void store_row(double *to, const v *from, int64_t batch, int64_t first) {
  if (first + WIDTH <= batch)
    memcpy(to + first, from, sizeof(v));
  else
    memcpy(to + first, from, sizeof(double) * (batch - first));
}

static inline void store(double *to, const v *from, int64_t rows, int64_t batch, int64_t first) {
  for (int64_t r = 0; r < rows; r++) store_row(to + r * batch, from + r, batch, first);
}

/* Workspace: one block of memory a call, handed out row by row. */
typedef struct { v *start, *next; } Memory;

static Memory memory_of(int64_t count) {
  v *start = aligned_alloc(sizeof(v), sizeof(v) * count);
  return (Memory){start, start};
}

static v *rows(Memory *memory, int64_t count) {
  v *start = memory->next;
  memory->next += count;
  return start;
}

/* ---- the linear systems (shift M - J) x = b ---- */

/* Row by row: L's entries, the pivot's inverse, U's. Each row is gathered by column in `row`
 * (STATES), less the rows above it. */
static void factorise(const v *jac, v shift, v *restrict lu, v *restrict row) {
  for (int i = 0; i < STATES; i++) {
    int start = LU_START[i], pivot = PIVOT[i], end = LU_START[i + 1];
    for (int p = start; p < end; p++) {
      int s = SOURCE[p];
      row[LU_COLUMN[p]] = s < 0 ? v_of(0) : MASS[s] * shift - jac[s];
    }
    for (int p = start; p < pivot; p++) {
      int k = LU_COLUMN[p];
      v factor = lu[p] = row[k] * lu[PIVOT[k]];
      for (int q = PIVOT[k] + 1; q < LU_START[k + 1]; q++) row[LU_COLUMN[q]] -= factor * lu[q];
    }
    lu[pivot] = 1 / row[i];
    for (int p = pivot + 1; p < end; p++) lu[p] = row[LU_COLUMN[p]];
  }
}

/* Solve for `count` right-hand sides b in the order of the states; a solution may take the place of
 * its right-hand side. Always called with a constant count, for which the compiler unrolls the inner
 * loops: an entry of L or U is read once for all. */
static inline __attribute__((always_inline)) void solve_count(const int count, const v *lu,
                                                              const v *const *b, v *const *x,
                                                              v *work) {
  v value[count];
  for (int k = 0; k < STATES; k++) {
    for (int n = 0; n < count; n++) value[n] = b[n][EQUATION[k]];
    for (int p = LU_START[k]; p < PIVOT[k]; p++)
      for (int n = 0; n < count; n++) value[n] -= lu[p] * work[LU_COLUMN[p] * count + n];
    for (int n = 0; n < count; n++) work[k * count + n] = value[n];
  }
  for (int k = STATES - 1; k >= 0; k--) {
    for (int n = 0; n < count; n++) value[n] = work[k * count + n];
    for (int p = PIVOT[k] + 1; p < LU_START[k + 1]; p++)
      for (int n = 0; n < count; n++) value[n] -= lu[p] * work[LU_COLUMN[p] * count + n];
    for (int n = 0; n < count; n++)
      x[n][ORDER[k]] = work[k * count + n] = value[n] * lu[PIVOT[k]];
  }
}

#define TOGETHER 4 /* right-hand sides solved at once */

/* In place. */
static void solve_many(const v *lu, int64_t count, v *const *x, v *work) {
  const v *const *b = (const v *const *)x;
  for (; count >= TOGETHER; count -= TOGETHER, b += TOGETHER, x += TOGETHER)
    solve_count(TOGETHER, lu, b, x, work);
  if (count == 3) solve_count(3, lu, b, x, work);
  if (count == 2) solve_count(2, lu, b, x, work);
  if (count == 1) solve_count(1, lu, b, x, work);
}

static void solve(const v *lu, const v *b, v *x, v *work) {
  solve_count(1, lu, &b, &x, work);
}

static inline void add_mass_times(const v *x, v scale, v *to) {
  for (int p = 0; p < MASS_ENTRIES; p++) to[MASS_ROW[p]] += MASS_VALUE[p] * scale * x[MASS_COLUMN[p]];
}

static inline void add_matrix_times(const v *entries, const v *x, v *to) {
  for (int p = 0; p < ENTRIES; p++) to[ROW[p]] += entries[p] * x[COLUMN[p]];
}

/* Whether a solution satisfies its equations, row by row, as well as one so large should: there is
 * no pivoting to rely on. */
static m satisfies(const v *jac, v shift, const v *b, const v *x, v *work) {
  v *sum = work, *size = work + STATES, largest = v_of(0);
  for (int i = 0; i < STATES; i++) {
    sum[i] = -b[i];
    size[i] = v_abs(b[i]);
    largest = v_choose(v_abs(x[i]) > largest, v_abs(x[i]), largest);
  }
  for (int p = 0; p < ENTRIES; p++) {
    v entry = MASS[p] * shift - jac[p];
    sum[ROW[p]] += entry * x[COLUMN[p]];
    size[ROW[p]] += v_abs(entry) * largest;
  }
  m good = v_of(0) == 0.0;
  for (int i = 0; i < STATES; i++) good &= v_abs(sum[i]) <= RESIDUAL * size[i];
  return good;
}

/* ---- one step ---- */

static const double A[STAGES][STAGES] = RODAS_A, C[STAGES][STAGES] = RODAS_C;
static const double DENSE[2][STAGES] = RODAS_DENSE, NODE[NODES] = RODAS_NODES;
static const double CORRECTED[2][NODES] = RODAS_CORRECTED;
static const double ALPHA[STAGES] = RODAS_ALPHA, GAMMA_SUM[STAGES] = RODAS_GAMMA_SUM;

/* What is left at the nodes and the interpolant take the place of stages that have served. */
typedef struct { v *k[STAGES], *y_new, *dense[2], *left[NODES], *rhs_time; } Stages;
typedef struct {
  v *t, *h, *y, *u, *state, *sum, *b, *work, *lu, *w, *wj, *wt;
  Stages stages;
} Primal;
typedef struct { v *dy, *du, *jac; Stages stages; } Tangent;
typedef struct { v *state, *w, *wj, *wt; } Shared; /* of all tangents */

#define STAGES_ROWS ((STAGES + 2) * STATES)
#define PRIMAL_ROWS \
  (2 + STATES + INPUTS + (3 + TOGETHER) * STATES + STORE + RHS_SIZE + JACOBIAN_SIZE + RHS_TIME_SIZE + STAGES_ROWS)
#define TANGENT_ROWS (STATES + INPUTS + ENTRIES + STAGES_ROWS)
#define SHARED_ROWS (STATES + RHS_TANGENT_SIZE + JACOBIAN_TANGENT_SIZE + RHS_TIME_TANGENT_SIZE)

static Stages stages_in(Memory *memory) {
  Stages s;
  for (int i = 0; i < STAGES; i++) s.k[i] = rows(memory, STATES);
  s.y_new = rows(memory, STATES);
  for (int d = 0; d < 2; d++) s.dense[d] = s.k[d];
  for (int n = 0; n < NODES; n++) s.left[n] = s.k[2 + n];
  s.rhs_time = rows(memory, STATES);
  return s;
}

static Primal primal_in(Memory *memory) {
  Primal p = {
      .h = rows(memory, 1), .y = rows(memory, STATES), .u = rows(memory, INPUTS), .state = rows(memory, STATES), .sum = rows(memory, STATES),
      .b = rows(memory, STATES), .work = rows(memory, TOGETHER * STATES), .lu = rows(memory, STORE),
      .w = rows(memory, RHS_SIZE), .wj = rows(memory, JACOBIAN_SIZE),
      .wt = rows(memory, RHS_TIME_SIZE), .stages = stages_in(memory)};
  p.t = p.u + INPUTS - 1;
  return p;
}

static Tangent tangent_in(Memory *memory) {
  return (Tangent){.dy = rows(memory, STATES), .du = rows(memory, INPUTS),
                   .jac = rows(memory, ENTRIES), .stages = stages_in(memory)};
}

static Shared shared_in(Memory *memory) {
  return (Shared){.state = rows(memory, STATES), .w = rows(memory, RHS_TANGENT_SIZE),
                  .wj = rows(memory, JACOBIAN_TANGENT_SIZE),
                  .wt = rows(memory, RHS_TIME_TANGENT_SIZE)};
}

/* y plus the stages so far; the right-hand side's part that M/h multiplies. */
static void combine(int stage, const v *y, const Stages *s, v *state, v *sum) {
  const double *a = A[stage], *c = C[stage];
  for (int i = 0; i < STATES; i++) {
    v x = y[i], z = v_of(0);
    for (int j = 0; j < stage; j++) {
      x += a[j] * s->k[j][i];
      z += c[j] * s->k[j][i];
    }
    state[i] = x;
    sum[i] = z;
  }
}

/* Add to b what a stage takes from the stages before it and from explicit time. */
static void add_history(int stage, const Primal *p, const Stages *s, v *b) {
  if (stage) add_mass_times(p->sum, 1 / p->h[0], b);
  if (HAS_TIME)
    for (int r = 0; r < STATES; r++) b[r] += GAMMA_SUM[stage] * p->h[0] * s->rhs_time[r];
}

/* The step's end and its interpolant. */
static void finish(const v *last_state, const Stages *s) {
  for (int i = 0; i < STATES; i++) {
    v a = v_of(0), b = v_of(0);
    for (int j = 0; j < STAGES; j++) {
      a += DENSE[0][j] * s->k[j][i];
      b += DENSE[1][j] * s->k[j][i];
    }
    s->y_new[i] = last_state[i] + s->k[STAGES - 1][i];
    s->dense[0][i] = a;
    s->dense[1][i] = b;
  }
}

/* The interpolant at a node, and h times its slope there. */
static void look_between(double at, const v *y, const Stages *s, v *state, v *rise) {
  for (int i = 0; i < STATES; i++) {
    v a = s->dense[0][i], b = s->dense[1][i];
    state[i] = (1 - at) * y[i] + at * (s->y_new[i] + (1 - at) * (a + at * b));
    rise[i] = s->y_new[i] - y[i] + (1 - 2 * at) * a + (2 - 3 * at) * at * b;
  }
}

/* Lead the interpolant through its nodes, corrected by what was left there. */
static void correct(const Stages *s) {
  for (int d = 0; d < 2; d++)
    for (int i = 0; i < STATES; i++)
      for (int n = 0; n < NODES; n++) s->dense[d][i] += CORRECTED[d][n] * s->left[n][i];
}

static inline v larger(v a, v b) { return v_choose(a > b, a, b); }

/* What one tolerance is of each state, as its inverse. */
static void weigh(const Primal *p, const double *tolerance, v *weight) {
  for (int i = 0; i < STATES; i++) {
    v size = larger(v_abs(p->y[i]), v_abs(p->stages.y_new[i]));
    weight[i] = 1 / (tolerance[1] + tolerance[0] * size);
  }
}

/* Mean square of an error in tolerances, infinite where it is no number: that of all states, or of
 * the algebraic variable with the largest, so that no such state hides in many. */
static v mean_square(const v *error, const v *weight) {
  v sum = v_of(0);
  for (int i = 0; i < STATES; i++) sum += (error[i] * weight[i]) * (error[i] * weight[i]);
  v most = sum / (double)STATES;
  for (int a = 0; a < ALONE; a++) {
    sum = v_of(0);
    for (int i = ALONE_FROM[a]; i < ALONE_TO[a]; i++)
      sum += (error[i] * weight[i]) * (error[i] * weight[i]);
    most = larger(sum / (double)(ALONE_TO[a] - ALONE_FROM[a]), most);
  }
  return v_choose(most < INFINITY, most, v_of(INFINITY));
}

static void begin_tangent(const Primal *p, const Shared *s, Tangent *d) {
  jacobian_tangent(p->t, p->y, p->u, d->dy, d->du, s->wj);
  memcpy(d->jac, s->wj + JACOBIAN_TANGENT_AT, sizeof(v) * ENTRIES);
  if (!HAS_TIME) return;
  rhs_time_tangent(p->t, p->y, p->u, d->dy, d->du, s->wt);
  memcpy(d->stages.rhs_time, s->wt + RHS_TIME_TANGENT_AT, sizeof(v) * STATES);
}

/* One stage of all tangents: the derivative of the primal stage, by its factorisation. */
static void tangent_stages(int i, const v *at, const Primal *p, const Shared *s, Tangent *d,
                           int64_t tangents) {
  v *k[tangents];
  rhs_once(at, p->state, p->u, s->w);
  for (int64_t n = 0; n < tangents; n++) {
    Stages *stages = &d[n].stages;
    k[n] = stages->k[i];
    combine(i, d[n].dy, stages, s->state, p->sum);
    rhs_tangent(at, p->state, p->u, s->state, d[n].du, s->w);
    memcpy(k[n], s->w + RHS_TANGENT_AT, sizeof(v) * STATES);
    add_history(i, p, stages, k[n]);
    add_matrix_times(d[n].jac, p->stages.k[i], k[n]);
    if (i == STAGES - 1) memcpy(stages->y_new, s->state, sizeof(v) * STATES);
  }
  solve_many(p->lu, tangents, k, p->work);
  if (i == STAGES - 1)
    for (int64_t n = 0; n < tangents; n++) finish(d[n].stages.y_new, &d[n].stages);
}

/* What the equations leave of the interpolant at its nodes, through the step's own matrix. */
static void leave(const Primal *p) {
  for (int n = 0; n < NODES; n++) {
    v at = p->t[0] + NODE[n] * p->h[0], *left = p->stages.left[n];
    look_between(NODE[n], p->y, &p->stages, p->state, p->sum);
    rhs(&at, p->state, p->u, p->w);
    memcpy(left, p->w + RHS_AT, sizeof(v) * STATES);
    add_mass_times(p->sum, -1 / p->h[0], left);
  }
  solve_many(p->lu, NODES, p->stages.left, p->work);
}

/* Its tangents. */
static void tangents_leave(const Primal *p, const Shared *s, Tangent *d, int64_t tangents) {
  v *k[NODES * tangents];
  for (int n = 0; n < NODES; n++) {
    v at = p->t[0] + NODE[n] * p->h[0];
    look_between(NODE[n], p->y, &p->stages, p->state, p->sum);
    rhs_once(&at, p->state, p->u, s->w);
    for (int64_t m = 0; m < tangents; m++) {
      v *left = k[n * tangents + m] = d[m].stages.left[n];
      look_between(NODE[n], d[m].dy, &d[m].stages, s->state, p->sum);
      rhs_tangent(&at, p->state, p->u, s->state, d[m].du, s->w);
      memcpy(left, s->w + RHS_TANGENT_AT, sizeof(v) * STATES);
      add_mass_times(p->sum, -1 / p->h[0], left);
      add_matrix_times(d[m].jac, p->stages.left[n], left);
    }
  }
  solve_many(p->lu, NODES * tangents, k, p->work);
  for (int64_t m = 0; m < tangents; m++) correct(&d[m].stages);
}

/* All stages of a block; its error norm, infinite where the linear solve is not to be trusted. */
static v take_step(const Primal *p, const double *tolerance, int64_t tangents, const Shared *s,
                   Tangent *d) {
  v shift = 1 / (GAMMA * p->h[0]);
  const v *jac = p->wj + JACOBIAN_AT;
  jacobian(p->t, p->y, p->u, p->wj);
  factorise(jac, shift, p->lu, p->work);
  if (HAS_TIME) {
    rhs_time(p->t, p->y, p->u, p->wt);
    memcpy(p->stages.rhs_time, p->wt + RHS_TIME_AT, sizeof(v) * STATES);
  }
  if (tangents) {
    jacobian_once(p->t, p->y, p->u, s->wj);
    if (HAS_TIME) rhs_time_once(p->t, p->y, p->u, s->wt);
    for (int64_t n = 0; n < tangents; n++) begin_tangent(p, s, d + n);
  }
  m good = v_of(0) == 0.0;
  for (int i = 0; i < STAGES; i++) {
    v at = p->t[0] + ALPHA[i] * p->h[0];
    combine(i, p->y, &p->stages, p->state, p->sum);
    v *b = i > 0 ? p->w + RHS_AT : p->wj + JACOBIAN_RHS_AT;
    if (i > 0) rhs(&at, p->state, p->u, p->w);
    add_history(i, p, &p->stages, b);
    solve(p->lu, b, p->stages.k[i], p->work);
    if (i == 0) good = satisfies(jac, shift, b, p->stages.k[0], p->work);
    if (tangents) tangent_stages(i, &at, p, s, d, tangents);
  }
  finish(p->state, &p->stages);
  weigh(p, tolerance, p->b);
  v most = mean_square(p->stages.k[STAGES - 1], p->b), share = v_of(1 / (CORRECTABLE * CORRECTABLE));
  leave(p);
  for (int n = 0; n < NODES; n++) most = larger(most, share * mean_square(p->stages.left[n], p->b));
  if (tangents) tangents_leave(p, s, d, tangents);
  correct(&p->stages);
  return v_choose(good, v_sqrt(most), v_of(INFINITY));
}

/* Which members of a block are active, of the callers' bytes. */
static m members(const double *bytes, int64_t batch, int64_t first) {
  const uint8_t *active = (const uint8_t *)bytes;
  m mask = {0};
  for (int l = 0; l < WIDTH; l++) mask[l] = first + l < batch && active[first + l] ? -1 : 0;
  return mask;
}

static int any(m mask) {
  int64_t bits = 0;
  for (int l = 0; l < WIDTH; l++) bits |= mask[l];
  return bits != 0;
}

static void store_observed(double *to, const Stages *s, int64_t batch, int64_t first) {
  for (int d = 0; d < 2; d++)
    for (int o = 0; o < OBSERVED; o++, to += batch)
      store_row(to, s->dense[d] + OBSERVED_ROW[o], batch, first);
}

/* Arguments y, u, h, (rtol, atol), active, then dy, du of the tangents; results y_new, error
 * norm, dense coefficients, then the tangents of the first and the last. The last row of u is
 * time. Blocks without an active member are left at zero. */
static void step(const Call *call, int64_t tangents) {
  double *const *in = call->in, *const *out = call->out;
  int64_t batch = call->batch;
  Memory memory = memory_of(PRIMAL_ROWS + (tangents ? SHARED_ROWS + tangents * TANGENT_ROWS : 0));
  Tangent *d = malloc(sizeof(Tangent) * (tangents + 1));
  Primal p = primal_in(&memory);
  Shared shared = {0};
  if (tangents) shared = shared_in(&memory);
  for (int64_t n = 0; n < tangents; n++) d[n] = tangent_in(&memory);
  memset(out[0], 0, sizeof(double) * STATES * batch);
  memset(out[1], 0, sizeof(double) * batch);
  memset(out[2], 0, sizeof(double) * 2 * OBSERVED * batch);
  if (tangents) {
    memset(out[3], 0, sizeof(double) * tangents * STATES * batch);
    memset(out[4], 0, sizeof(double) * tangents * 2 * OBSERVED * batch);
  }
  for (int64_t first = 0; first < batch; first += WIDTH) {
    if (!any(members(in[4], batch, first))) continue;
    load(p.y, in[0], STATES, batch, first);
    load(p.u, in[1], INPUTS, batch, first);
    load(p.h, in[2], 1, batch, first);
    for (int64_t n = 0; n < tangents; n++) {
      load(d[n].dy, in[5] + n * STATES * batch, STATES, batch, first);
      load(d[n].du, in[6] + n * INPUTS * batch, INPUTS, batch, first);
    }
    v norm = take_step(&p, in[3], tangents, &shared, d);
    store(out[0], p.stages.y_new, STATES, batch, first);
    store(out[1], &norm, 1, batch, first);
    store_observed(out[2], &p.stages, batch, first);
    for (int64_t n = 0; n < tangents; n++) {
      store(out[3] + n * STATES * batch, d[n].stages.y_new, STATES, batch, first);
      store_observed(out[4] + n * 2 * OBSERVED * batch, &d[n].stages, batch, first);
    }
  }
  free(d);
  free(memory.start);
}

/* ---- Newton corrections of the algebraic states ---- */

static void keep(int algebraic, v *x) {
  for (int i = 0; i < STATES; i++)
    if (ALGEBRAIC[i] != algebraic) x[i] = v_of(0);
}

static m all_finite(const v *x, int count) {
  m good = v_of(0) == 0.0;
  for (int i = 0; i < count; i++) good &= v_abs(x[i]) < INFINITY;
  return good;
}

/* Arguments y, u, active, then dy, du; results correction of y, dy/dt, whether the equations and
 * their solution are finite (0, else 1 or 2), then the tangents of the correction where f's
 * algebraic part is zero. */
static void newton(const Call *call, int64_t tangents) {
  double *const *in = call->in, *const *out = call->out;
  int64_t batch = call->batch;
  Memory memory = memory_of(PRIMAL_ROWS + SHARED_ROWS + TANGENT_ROWS);
  Primal p = primal_in(&memory);
  Shared s = shared_in(&memory);
  Tangent d = tangent_in(&memory);
  v *x = p.stages.y_new;
  memset(out[0], 0, sizeof(double) * STATES * batch);
  memset(out[1], 0, sizeof(double) * STATES * batch);
  memset(out[2], 0, sizeof(double) * batch);
  if (tangents) memset(out[3], 0, sizeof(double) * tangents * STATES * batch);
  for (int64_t first = 0; first < batch; first += WIDTH) {
    if (!any(members(in[2], batch, first))) continue;
    load(p.y, in[0], STATES, batch, first);
    load(p.u, in[1], INPUTS, batch, first);
    jacobian(p.t, p.y, p.u, p.wj);
    factorise(p.wj + JACOBIAN_AT, v_of(NEWTON_SHIFT), p.lu, p.work);
    memcpy(p.b, p.wj + JACOBIAN_RHS_AT, sizeof(v) * STATES);
    solve(p.lu, p.b, x, p.work);
    for (int i = 0; i < STATES; i++) x[i] *= NEWTON_SHIFT;
    m defined = all_finite(p.b, STATES) & all_finite(p.wj + JACOBIAN_AT, ENTRIES);
    v code = v_choose(defined, v_choose(all_finite(x, STATES), v_of(0), v_of(2)), v_of(1));
    store(out[2], &code, 1, batch, first);
    keep(0, x);
    store(out[1], x, STATES, batch, first);
    keep(1, p.b);
    solve(p.lu, p.b, x, p.work);
    keep(1, x);
    store(out[0], x, STATES, batch, first);
    if (tangents) rhs_once(p.t, p.y, p.u, s.w);
    for (int64_t n = 0; n < tangents; n++) {
      load(d.dy, in[3] + n * STATES * batch, STATES, batch, first);
      load(d.du, in[4] + n * INPUTS * batch, INPUTS, batch, first);
      rhs_tangent(p.t, p.y, p.u, d.dy, d.du, s.w);
      memcpy(p.b, s.w + RHS_TANGENT_AT, sizeof(v) * STATES);
      keep(1, p.b);
      solve(p.lu, p.b, x, p.work);
      keep(1, x);
      store(out[3] + n * STATES * batch, x, STATES, batch, first);
    }
  }
  free(memory.start);
}

/* ---- consistent algebraic states ---- */

/* Largest correction in units of the state or one; infinite where it is not finite. */
static v correction_size(const v *x, const v *y) {
  v largest = v_of(0);
  for (int i = 0; i < STATES; i++) {
    v size = v_abs(x[i]) / (1 + v_abs(y[i]));
    largest = v_choose(size > largest, size, largest);
  }
  return v_choose(all_finite(x, STATES), largest, v_of(INFINITY));
}

/* Correction of the algebraic states at y, by the factors that are there. */
static v corrected(const Primal *p, const v *y, const v *scale, v *x) {
  rhs(p->t, y, p->u, p->w);
  memcpy(p->b, p->w + RHS_AT, sizeof(v) * STATES);
  keep(1, p->b);
  solve(p->lu, p->b, x, p->work);
  keep(1, x);
  return correction_size(x, scale);
}

/* Newton's method, damped: a trial is taken where its simplified correction, by the factors of the
 * point before, is smaller. Members that are done or refused a trial wait where they are. */
static void find_consistent(const Primal *p, m far) {
  v *correction = p->stages.y_new, *left = p->sum, damping = v_of(1), size = v_of(INFINITY);
  int moved = 1;
  for (int tries = 0; tries < TRIES && any(far); tries++) {
    if (moved) {
      jacobian(p->t, p->y, p->u, p->wj);
      factorise(p->wj + JACOBIAN_AT, v_of(NEWTON_SHIFT), p->lu, p->work);
      size = corrected(p, p->y, p->y, correction);
    }
    far &= (size > CLOSE) & (size < INFINITY) & (damping > SHORTEST);
    for (int i = 0; i < STATES; i++) p->state[i] = p->y[i] + damping * correction[i];
    v then = corrected(p, p->state, p->y, left);
    m nearer = then <= (1 - damping / 4) * size;
    m taken = far & nearer;
    for (int i = 0; i < STATES; i++) p->y[i] = v_choose(taken, p->state[i], p->y[i]);
    damping = v_choose(nearer, v_choose(damping < 0.5, 2 * damping, v_of(1)), damping / 2);
    moved = any(taken);
  }
}

/* Arguments y, u, active; result y with its algebraic states solved for, as far as they are. */
static void search(const Call *call, int64_t tangents) {
  double *const *in = call->in, *const *out = call->out;
  int64_t batch = call->batch;
  (void)tangents; /* it has none */
  Memory memory = memory_of(PRIMAL_ROWS);
  Primal p = primal_in(&memory);
  for (int64_t first = 0; first < batch; first += WIDTH) {
    load(p.y, in[0], STATES, batch, first);
    load(p.u, in[1], INPUTS, batch, first);
    find_consistent(&p, members(in[2], batch, first));
    store(out[0], p.y, STATES, batch, first);
  }
  free(memory.start);
}

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
static void z_factorise(const v *jac, double w, z *restrict lu, z *restrict row) {
  for (int i = 0; i < STATES; i++) {
    int start = LU_START[i], pivot = PIVOT[i], end = LU_START[i + 1];
    for (int p = start; p < end; p++) {
      int s = SOURCE[p];
      row[LU_COLUMN[p]] = s < 0 ? (z){v_of(0), v_of(0)} : (z){-jac[s], v_of(w * MASS[s])};
    }
    for (int p = start; p < pivot; p++) {
      int k = LU_COLUMN[p];
      z factor = lu[p] = z_times(row[k], lu[PIVOT[k]]);
      for (int q = PIVOT[k] + 1; q < LU_START[k + 1]; q++)
        z_subtract(row + LU_COLUMN[q], factor, lu[q]);
    }
    lu[pivot] = z_inverse(row[i]);
    for (int p = pivot + 1; p < end; p++) lu[p] = row[LU_COLUMN[p]];
  }
}

/* x and l, by place in the elimination, with A x = p e and l' A = p e', e the last unit vector. */
static void z_solve_last(const z *lu, z *x, z *l) {
  for (int k = 0; k < STATES; k++) {
    x[k] = (z){v_of(0), v_of(0)};
    l[k] = (z){v_of(k == STATES - 1), v_of(0)};
  }
  for (int k = STATES - 1; k >= 0; k--) {
    z value = {v_of(0), v_of(0)};
    for (int p = PIVOT[k] + 1; p < LU_START[k + 1]; p++) z_subtract(&value, lu[p], x[LU_COLUMN[p]]);
    x[k] = k == STATES - 1 ? l[k] : z_times(value, lu[PIVOT[k]]);
    for (int p = LU_START[k]; p < PIVOT[k]; p++) z_subtract(l + LU_COLUMN[p], lu[p], l[k]);
  }
}

/* Arguments y, u, frequencies, then dy, du; results real and imaginary part of the last pivot
 * (frequencies, batch), then their tangents: dp = l' dA x. */
static void last_pivot(const Call *call, int64_t tangents) {
  double *const *in = call->in, *const *out = call->out;
  int64_t batch = call->batch, frequencies = call->rows[2];
  Memory memory = memory_of(STATES * 6 + 2 * INPUTS + JACOBIAN_SIZE + 2 * STORE +
                            JACOBIAN_TANGENT_SIZE + tangents * ENTRIES);
  v *y = rows(&memory, STATES), *u = rows(&memory, INPUTS), *t = u + INPUTS - 1;
  v *dy = rows(&memory, STATES), *du = rows(&memory, INPUTS);
  v *w = rows(&memory, JACOBIAN_SIZE), *wt = rows(&memory, JACOBIAN_TANGENT_SIZE);
  v *djac = rows(&memory, tangents * ENTRIES);
  z *lu = (z *)rows(&memory, 2 * STORE);
  z *x = (z *)rows(&memory, 2 * STATES), *l = (z *)rows(&memory, 2 * STATES);
  for (int64_t first = 0; first < batch; first += WIDTH) {
    load(y, in[0], STATES, batch, first);
    load(u, in[1], INPUTS, batch, first);
    jacobian(t, y, u, w);
    if (tangents) jacobian_once(t, y, u, wt);
    for (int64_t n = 0; n < tangents; n++) {
      load(dy, in[3] + n * STATES * batch, STATES, batch, first);
      load(du, in[4] + n * INPUTS * batch, INPUTS, batch, first);
      jacobian_tangent(t, y, u, dy, du, wt);
      memcpy(djac + n * ENTRIES, wt + JACOBIAN_TANGENT_AT, sizeof(v) * ENTRIES);
    }
    for (int64_t f = 0; f < frequencies; f++) {
      z_factorise(w + JACOBIAN_AT, 2 * M_PI * in[2][f], lu, x);
      z pivot = z_inverse(lu[PIVOT[STATES - 1]]);
      store(out[0] + f * batch, &pivot.re, 1, batch, first);
      store(out[1] + f * batch, &pivot.im, 1, batch, first);
      if (tangents) z_solve_last(lu, x, l);
      for (int64_t n = 0; n < tangents; n++) {
        z sum = {v_of(0), v_of(0)};
        for (int p = 0; p < ENTRIES; p++) {
          z weight = z_times(l[PLACE_OF_ROW[ROW[p]]], x[PLACE[COLUMN[p]]]);
          sum.re -= weight.re * djac[n * ENTRIES + p];
          sum.im -= weight.im * djac[n * ENTRIES + p];
        }
        store(out[2] + (n * frequencies + f) * batch, &sum.re, 1, batch, first);
        store(out[3] + (n * frequencies + f) * batch, &sum.im, 1, batch, first);
      }
    }
  }
  free(memory.start);
}

/* ---- outputs, events and terminals ---- */

/* Arguments the observed part of the state, u, then their tangents; results the values, then
 * their tangents. */
static void look(const Call *call, int64_t tangents) {
  double *const *in = call->in, *const *out = call->out;
  int64_t batch = call->batch;
  int64_t space = OBSERVE_SIZE > OBSERVE_TANGENT_SIZE ? OBSERVE_SIZE : OBSERVE_TANGENT_SIZE;
  Memory memory = memory_of(2 * (OBSERVED + INPUTS) + space);
  v *y = rows(&memory, OBSERVED), *u = rows(&memory, INPUTS), *t = u + INPUTS - 1;
  v *dy = rows(&memory, OBSERVED), *du = rows(&memory, INPUTS), *w = rows(&memory, space);
  for (int64_t first = 0; first < batch; first += WIDTH) {
    load(y, in[0], OBSERVED, batch, first);
    load(u, in[1], INPUTS, batch, first);
    observe(t, y, u, w);
    store(out[0], w + OBSERVE_AT, VALUES, batch, first);
    if (tangents) observe_once(t, y, u, w);
    for (int64_t n = 0; n < tangents; n++) {
      load(dy, in[2] + n * OBSERVED * batch, OBSERVED, batch, first);
      load(du, in[3] + n * INPUTS * batch, INPUTS, batch, first);
      observe_tangent(t, y, u, dy, du, w);
      store(out[1] + n * VALUES * batch, w + OBSERVE_TANGENT_AT, VALUES, batch, first);
    }
  }
  free(memory.start);
}

/* ---- XLA's calling convention ---- */

static int answered_metadata(XLA_FFI_CallFrame *frame) {
  /* the type of extension_start has another name in each XLA: this one begins with it in all */
  XLA_FFI_Metadata_Extension *e = (XLA_FFI_Metadata_Extension *)frame->extension_start;
  if (!e || e->extension_base.type != XLA_FFI_Extension_Metadata) return 0;
  XLA_FFI_Metadata *metadata = e->metadata;
  metadata->api_version.major_version = XLA_FFI_API_MAJOR;
  metadata->api_version.minor_version = XLA_FFI_API_MINOR;
  return 1;
}

static Call call_of(XLA_FFI_CallFrame *frame) {
  Call call = {0};
  for (int64_t n = 0; n < frame->args.size; n++) {
    XLA_FFI_Buffer *buffer = frame->args.args[n];
    call.in[n] = buffer->data;
    call.rows[n] = buffer->dims[0];
  }
  for (int64_t n = 0; n < frame->rets.size; n++)
    call.out[n] = ((XLA_FFI_Buffer *)frame->rets.rets[n])->data;
  call.batch = ((XLA_FFI_Buffer *)frame->args.args[0])->dims[1];
  return call;
}

/* A function that XLA calls: `arguments` buffers, then two more if there are tangents. */
#define ENTRY(name, function, arguments) \
  XLA_FFI_Error *ssb_##name(XLA_FFI_CallFrame *frame) { \
    if (answered_metadata(frame)) return 0; \
    Call call = call_of(frame); \
    function(&call, call.rows[arguments]); \
    return 0; \
  }

ENTRY(step, step, 5)
ENTRY(newton, newton, 3)
ENTRY(search, search, 3)
ENTRY(observe, look, 2)
ENTRY(last_pivot, last_pivot, 3)
