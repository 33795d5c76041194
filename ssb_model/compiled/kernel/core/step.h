/* ---- one step ---- */

static const double A[STAGES][STAGES] = RODAS_A, C[STAGES][STAGES] = RODAS_C;
static const double DENSE[2][STAGES] = RODAS_DENSE, NODE[NODES] = RODAS_NODES;
static const double CORRECTED[2][NODES] = RODAS_CORRECTED;
static const double ALPHA[STAGES] = RODAS_ALPHA, GAMMA_SUM[STAGES] = RODAS_GAMMA_SUM;

/* df/dt, and the rows in which it is not zero: of most models none, or the control's. */
typedef struct { v *value; int *row, rows; } ByTime;

/* A step's stages, its end, the interpolant's coefficients before and after its correction, what was
 * left at the nodes. */
typedef struct {
  v *k[STAGES], *y, *raw[2], *dense[2], *left[NODES];
  ByTime *by_time;
} Stages;

/* A block's states and inputs (time their last row), the step being tried and what it needs: `b`, a
 * right-hand side; `lu`, the factors; `w`, `wj`, `wt`, workspaces of the model's functions. */
typedef struct {
  const Model *model;
  v *y, *u, *t, h;
  v *state, *sum, *b, *work, *lu, *w, *wj, *wt;
  Stages stages;
} Step;

BOTH ByTime *by_time_in(Memory *memory, const Model *model) {
  int states = model->has_time ? model->states : 0;
  ByTime *t = (ByTime *)room_for(memory, sizeof(ByTime));
  v *value = rows(memory, states);
  int *row = (int *)room_for(memory, states * sizeof(int));
  if (memory->start) *t = (ByTime){value, row, 0};
  return t;
}

static void keep_by_time(ByTime *t, const v *value, int states) {
  t->rows = 0;
  for (int i = 0; i < states; i++)
    if (any(value[i] != 0.0)) {
      t->value[t->rows] = value[i];
      t->row[t->rows++] = i;
    }
}

BOTH Step step_in(Memory *memory, const Model *model) {
  int states = model->states;
  Step s = {.model = model, .y = rows(memory, states), .u = rows(memory, model->inputs)};
  s.t = s.u + model->inputs - 1;
  s.state = rows(memory, states);
  s.sum = rows(memory, states);
  s.b = rows(memory, states);
  s.work = rows(memory, TOGETHER * states);
  s.lu = rows(memory, model->store);
  s.w = rows(memory, model->rhs.size);
  s.wj = rows(memory, model->jacobian.size);
  s.wt = rows(memory, model->rhs_time.size);
  for (int i = 0; i < STAGES; i++) s.stages.k[i] = rows(memory, states);
  s.stages.y = rows(memory, states);
  for (int d = 0; d < 2; d++) s.stages.raw[d] = rows(memory, states);
  for (int d = 0; d < 2; d++) s.stages.dense[d] = rows(memory, states);
  for (int n = 0; n < NODES; n++) s.stages.left[n] = rows(memory, states);
  s.stages.by_time = by_time_in(memory, model);
  return s;
}

/* y plus `stage` stages; the right-hand side's part that M/h multiplies. */
INLINE void combine_count(const int stage, int states, const v *y, const Stages *s, v *state, v *sum) {
  const v *k[STAGES];
  for (int j = 0; j < STAGES; j++) k[j] = s->k[j];
  for (int i = 0; i < states; i++) {
    v x = y[i], z = v_of(0);
    UNROLL for (int j = 0; j < stage; j++) {
      v part = k[j][i];
      x += A[stage][j] * part;
      z += C[stage][j] * part;
    }
    state[i] = x;
    sum[i] = z;
  }
}

static void combine(int states, int stage, const v *y, const Stages *s, v *state, v *sum) {
  switch (stage) {
    case 0: combine_count(0, states, y, s, state, sum); break;
    case 1: combine_count(1, states, y, s, state, sum); break;
    case 2: combine_count(2, states, y, s, state, sum); break;
    case 3: combine_count(3, states, y, s, state, sum); break;
    case 4: combine_count(4, states, y, s, state, sum); break;
    default: combine_count(5, states, y, s, state, sum);
  }
}

/* Add to b what a stage takes from explicit time. */
static void add_by_time(int stage, const Step *s, const Stages *of, v *b) {
  const ByTime *t = of->by_time;
  if (!s->model->has_time) return;
  for (int n = 0; n < t->rows; n++) b[t->row[n]] += GAMMA_SUM[stage] * s->h * t->value[n];
}

/* The step's end and its interpolant. */
static void finish(int states, const v *last_state, const Stages *s, v *const *raw) {
  const v *k[STAGES];
  v *y = s->y, *first = raw[0], *second = raw[1];
  for (int j = 0; j < STAGES; j++) k[j] = s->k[j];
  for (int i = 0; i < states; i++) {
    v a = v_of(0), b = v_of(0), last = k[STAGES - 1][i];
    UNROLL for (int j = 0; j < STAGES; j++) {
      v part = k[j][i];
      a += DENSE[0][j] * part;
      b += DENSE[1][j] * part;
    }
    y[i] = last_state[i] + last;
    first[i] = a;
    second[i] = b;
  }
}

/* The interpolant at a node, and h times its slope there. */
static void look_between(int states, double at, const v *y, const Stages *s, v *const *raw, v *state,
                         v *rise) {
  const v *end = s->y, *first = raw[0], *second = raw[1];
  for (int i = 0; i < states; i++) {
    v from = y[i], to = end[i], a = first[i], b = second[i];
    state[i] = (1 - at) * from + at * (to + (1 - at) * (a + at * b));
    rise[i] = to - from + (1 - 2 * at) * a + (2 - 3 * at) * at * b;
  }
}

/* Lead the interpolant through its nodes, corrected by what was left there. */
static void correct(int states, const Stages *s, v *const *raw, v *const *dense) {
  const v *left[NODES];
  for (int n = 0; n < NODES; n++) left[n] = s->left[n];
  const v *a = raw[0], *b = raw[1];
  v *first = dense[0], *second = dense[1];
  for (int i = 0; i < states; i++) {
    v x = a[i], z = b[i];
    UNROLL for (int n = 0; n < NODES; n++) {
      v part = left[n][i];
      x += CORRECTED[0][n] * part;
      z += CORRECTED[1][n] * part;
    }
    first[i] = x;
    second[i] = z;
  }
}

static inline v square(v x) { return x * x; }

/* Mean square of the error of states [from, to) in tolerances, or of what was left at a node in as
 * many as can be corrected, whichever is largest; infinite where it is no number. */
static v mean_square(const Step *s, double rtol, double atol, int from, int to) {
  const v *y = s->y, *end = s->stages.y, *error = s->stages.k[STAGES - 1], *left[NODES];
  v sum = v_of(0), sums[NODES], most;
  for (int n = 0; n < NODES; n++) left[n] = s->stages.left[n];
  for (int n = 0; n < NODES; n++) sums[n] = v_of(0);
  for (int i = from; i < to; i++) {
    v weight = 1 / (atol + rtol * v_larger(v_abs(y[i]), v_abs(end[i])));
    sum += square(error[i] * weight);
    UNROLL for (int n = 0; n < NODES; n++) sums[n] += square(left[n][i] * weight);
  }
  most = sum;
  for (int n = 0; n < NODES; n++)
    most = v_larger(sums[n] * (1 / (CORRECTABLE * CORRECTABLE)), most);
  m good = sum < INFINITY;
  for (int n = 0; n < NODES; n++) good &= sums[n] < INFINITY;
  return v_choose(good, most / (double)(to - from), v_of(INFINITY));
}

/* The stages and the step's end. Returns where the linear solves are to be trusted. */
static m take_stages(const Step *s) {
  const Model *model = s->model;
  v shift = 1 / (GAMMA * s->h);
  const v *jac = s->wj + model->jacobian.at;
  model->jacobian.value(s->t, s->y, s->u, s->wj);
  factorise(model, jac, shift, s->lu, s->work);
  if (model->has_time) {
    model->rhs_time.value(s->t, s->y, s->u, s->wt);
    keep_by_time(s->stages.by_time, s->wt + model->rhs_time.at, model->states);
  }
  m good = all();
  for (int i = 0; i < STAGES; i++) {
    v at = s->t[0] + ALPHA[i] * s->h;
    combine(model->states, i, s->y, &s->stages, s->state, s->sum);
    v *b = i > 0 ? s->w + model->rhs.at : s->wj + model->jacobian_rhs_at;
    if (i > 0) model->rhs.value(&at, s->state, s->u, s->w);
    add_by_time(i, s, &s->stages, b);
    if (i > 0) solve_moving(model, s->lu, b, s->sum, 1 / s->h, s->stages.k[i], s->work);
    if (i > 0) continue;
    solve(model, s->lu, b, s->stages.k[i], s->work);
    good = satisfies(model, jac, shift, b, s->stages.k[0]);
  }
  finish(model->states, s->state, &s->stages, s->stages.raw);
  return good;
}

/* What the equations leave of the interpolant at its nodes, through the step's own matrix. */
static void leave(const Step *s) {
  const Model *model = s->model;
  for (int n = 0; n < NODES; n++) {
    v at = s->t[0] + NODE[n] * s->h, *left = s->stages.left[n];
    look_between(model->states, NODE[n], s->y, &s->stages, s->stages.raw, s->state, s->sum);
    model->rhs.value(&at, s->state, s->u, s->w);
    with_mass_times(model, s->w + model->rhs.at, s->sum, -1 / s->h, left);
  }
  solve_many(model, s->lu, NODES, s->stages.left, s->work);
}

/* A whole step; its error norm, infinite where the linear solve is not to be trusted: that of all
 * states, or of the algebraic variable with the largest, so that no such state hides in many. */
static v take_step(const Step *s, double rtol, double atol) {
  m good = take_stages(s);
  leave(s);
  v most = mean_square(s, rtol, atol, 0, s->model->states);
  for (int a = 0; a < s->model->alone; a++)
    most = v_larger(mean_square(s, rtol, atol, s->model->alone_from[a], s->model->alone_to[a]), most);
  correct(s->model->states, &s->stages, s->stages.raw, s->stages.dense);
  return v_choose(good, v_sqrt(most), v_of(INFINITY));
}
