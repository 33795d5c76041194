/* ---- what is done with a queue of blocks, and what is needed for it of a workspace ---- */

static int64_t directions_in(const Queue *queue) { return MOVES ? queue->directions : 0; }

/* Of a solve: a block, and the workspaces of its initial states. */
typedef struct { Block block; v *w, *moved; } Solving;

BOTH Solving solving_in(Memory *memory, const Queue *queue) {
  const Model *model = queue->model;
  Solving s;
  s.block.tangents.count = queue->directions;
  block_in(memory, model, queue->problem, &s.block);
  s.w = rows(memory, model->initial.size);
  s.moved = rows(memory, model->initial.moved_size);
  return s;
}

/* See problem.h for its arguments and results. */
static void solve_blocks(Queue *queue, Memory *memory) {
  Solving s = solving_in(memory, queue);
  for (int64_t first; (first = taken(queue)) >= 0;) {
    s.block.place = place_of(queue->call, first);
    solve_block(&s.block, s.w, s.moved);
  }
}

/* Of a correction of states: they, dy/dt, and the states before the last iteration. */
typedef struct { Step s; Tangents d; v *y, *velocity, *before; } Correction;

BOTH Correction correction_in(Memory *memory, const Queue *queue) {
  const Model *model = queue->model;
  Correction c = {.s = step_in(memory, model), .d = {.count = 1}};
  tangents_in(memory, model, &c.d);
  c.y = rows(memory, model->states);
  c.velocity = rows(memory, model->states);
  c.before = rows(memory, model->states);
  return c;
}

static m active_members(const uint8_t *active, Place place) {
  m mask = none();
  for (int l = 0; l < WIDTH; l++) LANE(mask, l) = l < place.count && active[place.first + l] ? -1 : 0;
  return mask;
}

/* Arguments y, u, active, then dy, du; results y with its algebraic states solved for, dy/dt, an
 * OUTCOME, then the derivatives of y. */
static void make_blocks_consistent(Queue *queue, Memory *memory) {
  const Model *model = queue->model;
  const Call *call = queue->call;
  int states = model->states;
  Correction c = correction_in(memory, queue);
  const Step *s = &c.s;
  Tangent *of = c.d.of;
  for (int64_t first; (first = taken(queue)) >= 0;) {
    Place place = place_of(call, first);
    load(c.y, (const double *)call->in[0], states, place);
    load(s->u, (const double *)call->in[1], model->inputs, place);
    m active = active_members((const uint8_t *)call->in[2], place);
    v outcome = make_consistent(s, s->t, c.y, c.velocity, active);
    store((double *)call->out[0], c.y, states, place);
    store((double *)call->out[1], c.velocity, states, place);
    store((double *)call->out[2], &outcome, 1, place);
    if (!directions_in(queue)) continue;
    for (int i = 0; i < states; i++) c.before[i] = c.y[i] - s->stages.y[i];
    if (model->has_algebraic) model->rhs.once(s->t, c.before, s->u, c.d.w);
    for (int64_t n = 0; n < directions_in(queue); n++) {
      load_moved(of->dy, call, 3, n, states, place);
      load_moved(of->du, call, 4, n, model->inputs, place);
      if (model->has_algebraic) {
        move_correction(s, &c.d, s->t, c.before, of->dy, of->du, c.d.state);
        for (int i = 0; i < states; i++) of->dy[i] += c.d.state[i];
      }
      store((double *)call->out[3] + n * states * call->batch, of->dy, states, place);
    }
  }
}

/* Of the observer: a part of the state and the inputs, their derivatives, workspaces. */
typedef struct { v *y, *u, *dy, *du, *w, *moved; } View;

BOTH View view_in(Memory *memory, const Queue *queue) {
  const Model *model = queue->model;
  View s = {.y = rows(memory, model->observed), .u = rows(memory, model->inputs)};
  s.dy = rows(memory, model->observed);
  s.du = rows(memory, model->inputs);
  s.w = rows(memory, model->observe.size);
  s.moved = rows(memory, model->observe.moved_size);
  return s;
}

/* Arguments the observed part of the state, u, then their derivatives; results all values of the
 * observer, then their derivatives. */
static void observe_blocks(Queue *queue, Memory *memory) {
  const Model *model = queue->model;
  const Call *call = queue->call;
  int values = model->outputs.count + model->events.count + model->terminals.count + model->watched.count;
  View s = view_in(memory, queue);
  const v *t = s.u + model->inputs - 1;
  for (int64_t first; (first = taken(queue)) >= 0;) {
    Place place = place_of(call, first);
    load(s.y, (const double *)call->in[0], model->observed, place);
    load(s.u, (const double *)call->in[1], model->inputs, place);
    model->observe.value(t, s.y, s.u, s.w);
    store((double *)call->out[0], s.w + model->observe.at, values, place);
    if (directions_in(queue)) model->observe.once(t, s.y, s.u, s.moved);
    for (int64_t n = 0; n < directions_in(queue); n++) {
      load_moved(s.dy, call, 2, n, model->observed, place);
      load_moved(s.du, call, 3, n, model->inputs, place);
      model->observe.moved(t, s.y, s.u, s.dy, s.du, s.moved);
      store((double *)call->out[1] + n * values * call->batch, s.moved + model->observe.moved_at, values, place);
    }
  }
}

BOTH Spectrum pivots_in(Memory *memory, const Queue *queue) {
  return spectrum_in(memory, queue->model, queue->directions);
}

/* See last_pivot_block for its arguments and results. */
static void last_pivots(Queue *queue, Memory *memory) {
  Spectrum s = pivots_in(memory, queue);
  for (int64_t first; (first = taken(queue)) >= 0;)
    last_pivot_block(queue->model, queue->call, directions_in(queue), place_of(queue->call, first), &s);
}
