/* ---- a step's derivatives: those of its stages, by its own factors ---- */

/* In one direction: states and inputs (time their last row), dJ, the stages, the states on an event;
 * of each member when its segment began, the time since then and its charge there, the time on an
 * event and how far the event is from there. */
typedef struct {
  v *dy, *du, *landed, start, elapsed, charge, until, met;
  Sparse jac;
  Stages stages;
} Tangent;

/* Of all directions: a state, workspaces, and columns to solve for. */
typedef struct {
  int64_t count;
  Tangent *of;
  v *state, *w, *wj, *wt, **columns;
  int *kept;
} Tangents;

/* How many there are: none in a kernel for GPUs without derivatives, which needs fewer registers. */
BOTH int64_t directions(const Tangents *d) { return MOVES ? d->count : 0; }

/* What is left at the nodes and the interpolant take the place of stages that have served. */
BOTH Tangent tangent_in(Memory *memory, const Model *model) {
  int states = model->states;
  Tangent d = {.dy = rows(memory, states), .du = rows(memory, model->inputs)};
  d.jac.value = rows(memory, model->values);
  d.jac.entry = (int *)room_for(memory, model->entries * sizeof(int));
  for (int i = 0; i < STAGES; i++) d.stages.k[i] = rows(memory, states);
  d.stages.y = rows(memory, states);
  for (int k = 0; k < 2; k++) d.stages.raw[k] = d.stages.dense[k] = d.stages.k[k];
  for (int n = 0; n < NODES; n++) d.stages.left[n] = d.stages.k[2 + n];
  d.landed = d.stages.k[2 + NODES];
  d.stages.by_time = by_time_in(memory, model);
  return d;
}

BOTH void tangents_in(Memory *memory, const Model *model, Tangents *d) {
  if (!directions(d)) return;
  d->of = (Tangent *)room_for(memory, directions(d) * sizeof(Tangent));
  d->columns = (v **)room_for(memory, NODES * directions(d) * sizeof(v *));
  d->kept = (int *)room_for(memory, model->values * sizeof(int));
  d->state = rows(memory, model->states);
  d->w = rows(memory, model->rhs.moved_size);
  d->wj = rows(memory, model->jacobian.moved_size);
  d->wt = rows(memory, model->rhs_time.moved_size);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent of = tangent_in(memory, model);
    if (memory->start) d->of[n] = of;
  }
}

/* dJ, and the derivative of df/dt, where the step begins. */
static void begin_tangents(const Step *s, const Tangents *d) {
  const Model *model = s->model;
  model->jacobian.once(s->t, s->y, s->u, d->wj);
  if (model->has_time) model->rhs_time.once(s->t, s->y, s->u, d->wt);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent *of = d->of + n;
    model->jacobian.moved(s->t, s->y, s->u, of->dy, of->du, d->wj);
    copy(of->jac.value, d->wj + model->jacobian.moved_at, model->values);
    keep_entries(model, &of->jac, d->kept);
    if (!model->has_time) continue;
    model->rhs_time.moved(s->t, s->y, s->u, of->dy, of->du, d->wt);
    keep_by_time(of->stages.by_time, d->wt + model->rhs_time.moved_at, model->states);
  }
}

/* One stage of all directions: the derivative of the step's own. */
static void move_stage(int i, const Step *s, const Tangents *d) {
  const Model *model = s->model;
  int states = model->states;
  v at = s->t[0] + ALPHA[i] * s->h;
  combine(states, i, s->y, &s->stages, s->state, s->sum);
  model->rhs.once(&at, s->state, s->u, d->w);
  for (int64_t n = 0; n < directions(d); n++) {
    Tangent *of = d->of + n;
    v *b = d->columns[n] = of->stages.k[i];
    v *state = i == STAGES - 1 ? of->stages.y : d->state;
    combine(states, i, of->dy, &of->stages, state, s->sum);
    model->rhs.moved(&at, s->state, s->u, state, of->du, d->w);
    with_mass_times(model, d->w + model->rhs.moved_at, s->sum, 1 / s->h, b);
    add_by_time(i, s, &of->stages, b);
    add_matrix_times(model, &of->jac, s->stages.k[i], b);
  }
  solve_many(model, s->lu, directions(d), d->columns, s->work);
}

static void move_nodes(const Step *s, const Tangents *d) {
  const Model *model = s->model;
  int states = model->states;
  for (int k = 0; k < NODES; k++) {
    v at = s->t[0] + NODE[k] * s->h;
    look_between(states, NODE[k], s->y, &s->stages, s->stages.raw, s->state, s->sum);
    model->rhs.once(&at, s->state, s->u, d->w);
    for (int64_t n = 0; n < directions(d); n++) {
      Tangent *of = d->of + n;
      v *left = d->columns[k * directions(d) + n] = of->stages.left[k];
      look_between(states, NODE[k], of->dy, &of->stages, of->stages.raw, d->state, s->sum);
      model->rhs.moved(&at, s->state, s->u, d->state, of->du, d->w);
      with_mass_times(model, d->w + model->rhs.moved_at, s->sum, -1 / s->h, left);
      add_matrix_times(model, &of->jac, s->stages.left[k], left);
    }
  }
  solve_many(model, s->lu, NODES * directions(d), d->columns, s->work);
}

/* The derivatives of the step that has just been taken. */
static void move_step(const Step *s, const Tangents *d) {
  int states = s->model->states;
  begin_tangents(s, d);
  for (int i = 0; i < STAGES; i++) move_stage(i, s, d);
  for (int64_t n = 0; n < directions(d); n++) {
    Stages *stages = &d->of[n].stages;
    finish(states, stages->y, stages, stages->raw);
  }
  move_nodes(s, d);
  for (int64_t n = 0; n < directions(d); n++) {
    Stages *stages = &d->of[n].stages;
    correct(states, stages, stages->raw, stages->dense);
  }
}
