/* ---- one step ---- */

static const double A[STAGES][STAGES] = RODAS_A, C[STAGES][STAGES] = RODAS_C;
static const double DENSE[2][STAGES] = RODAS_DENSE, NODE[NODES] = RODAS_NODES;
static const double CORRECTED[2][NODES] = RODAS_CORRECTED;
static const double ALPHA[STAGES] = RODAS_ALPHA, GAMMA_SUM[STAGES] = RODAS_GAMMA_SUM;

/* A step's stages, its end, the interpolant's coefficients before and after its correction, what was
 * left at the nodes, df/dt. */
typedef struct {
  v *k[STAGES], *y, *raw[2], *dense[2], *left[NODES], *rhs_time;
} Stages;

/* A block's states and inputs (time their last row), the step being tried and what it needs: `b`, a
 * right-hand side; `lu`, the factors; `w`, `wj`, `wt`, workspaces of the model's functions. */
typedef struct {
  const Model *model;
  v *y, *u, *t, h;
  v *state, *sum, *b, *work, *lu, *w, *wj, *wt;
  Stages stages;
} Step;

static Step step_in(Memory *memory, const Model *model) {
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
  s.stages.rhs_time = rows(memory, states);
  return s;
}

/* y plus the stages so far; the right-hand side's part that M/h multiplies. */
static void combine(int states, int stage, const v *y, const Stages *s, v *state, v *sum) {
  const double *a = A[stage], *c = C[stage];
  for (int i = 0; i < states; i++) {
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
static void add_history(int stage, const Step *s, const Stages *of, v *b) {
  if (stage) add_mass_times(s->model, s->sum, 1 / s->h, b);
  if (s->model->has_time)
    for (int i = 0; i < s->model->states; i++) b[i] += GAMMA_SUM[stage] * s->h * of->rhs_time[i];
}

/* The step's end and its interpolant. */
static void finish(int states, const v *last_state, const Stages *s, v *const *raw) {
  for (int i = 0; i < states; i++) {
    v a = v_of(0), b = v_of(0);
    for (int j = 0; j < STAGES; j++) {
      a += DENSE[0][j] * s->k[j][i];
      b += DENSE[1][j] * s->k[j][i];
    }
    s->y[i] = last_state[i] + s->k[STAGES - 1][i];
    raw[0][i] = a;
    raw[1][i] = b;
  }
}

/* The interpolant at a node, and h times its slope there. */
static void look_between(int states, double at, const v *y, const Stages *s, v *const *raw, v *state,
                         v *rise) {
  for (int i = 0; i < states; i++) {
    v a = raw[0][i], b = raw[1][i];
    state[i] = (1 - at) * y[i] + at * (s->y[i] + (1 - at) * (a + at * b));
    rise[i] = s->y[i] - y[i] + (1 - 2 * at) * a + (2 - 3 * at) * at * b;
  }
}

/* Lead the interpolant through its nodes, corrected by what was left there. */
static void correct(int states, const Stages *s, v *const *raw, v *const *dense) {
  for (int d = 0; d < 2; d++)
    for (int i = 0; i < states; i++) {
      v x = raw[d][i];
      for (int n = 0; n < NODES; n++) x += CORRECTED[d][n] * s->left[n][i];
      dense[d][i] = x;
    }
}

/* What one tolerance is of each state, as its inverse. */
static void weigh(const Step *s, double rtol, double atol, v *weight) {
  for (int i = 0; i < s->model->states; i++)
    weight[i] = 1 / (atol + rtol * v_larger(v_abs(s->y[i]), v_abs(s->stages.y[i])));
}

/* Mean square of an error in tolerances, infinite where it is no number: that of all states, or of
 * the algebraic variable with the largest, so that no such state hides in many. */
static v mean_square(const Model *model, const v *error, const v *weight) {
  v sum = v_of(0);
  for (int i = 0; i < model->states; i++) sum += (error[i] * weight[i]) * (error[i] * weight[i]);
  v most = sum / (double)model->states;
  for (int a = 0; a < model->alone; a++) {
    int from = model->alone_from[a], to = model->alone_to[a];
    sum = v_of(0);
    for (int i = from; i < to; i++) sum += (error[i] * weight[i]) * (error[i] * weight[i]);
    most = v_larger(sum / (double)(to - from), most);
  }
  return v_choose(most < INFINITY, most, v_of(INFINITY));
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
    copy(s->stages.rhs_time, s->wt + model->rhs_time.at, model->states);
  }
  m good = all();
  for (int i = 0; i < STAGES; i++) {
    v at = s->t[0] + ALPHA[i] * s->h;
    combine(model->states, i, s->y, &s->stages, s->state, s->sum);
    v *b = i > 0 ? s->w + model->rhs.at : s->wj + model->jacobian_rhs_at;
    if (i > 0) model->rhs.value(&at, s->state, s->u, s->w);
    add_history(i, s, &s->stages, b);
    solve(model, s->lu, b, s->stages.k[i], s->work);
    if (i == 0) good = satisfies(model, jac, shift, b, s->stages.k[0], s->work);
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
    copy(left, s->w + model->rhs.at, model->states);
    add_mass_times(model, s->sum, -1 / s->h, left);
  }
  solve_many(model, s->lu, NODES, s->stages.left, s->work);
}

/* A whole step; its error norm, infinite where the linear solve is not to be trusted. */
static v take_step(const Step *s, double rtol, double atol) {
  m good = take_stages(s);
  leave(s);
  weigh(s, rtol, atol, s->b);
  v most = mean_square(s->model, s->stages.k[STAGES - 1], s->b);
  v share = v_of(1 / (CORRECTABLE * CORRECTABLE));
  for (int n = 0; n < NODES; n++)
    most = v_larger(share * mean_square(s->model, s->stages.left[n], s->b), most);
  correct(s->model->states, &s->stages, s->stages.raw, s->stages.dense);
  return v_choose(good, v_sqrt(most), v_of(INFINITY));
}
