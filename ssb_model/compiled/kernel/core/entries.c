/* ---- the functions that XLA calls ---- */
#include "xla/ffi/api/c_api.h"

static int answered_metadata(XLA_FFI_CallFrame *frame) {
  /* the type of extension_start has another name in each XLA: this one begins with it in all */
  XLA_FFI_Metadata_Extension *e = (XLA_FFI_Metadata_Extension *)frame->extension_start;
  if (!e || e->extension_base.type != XLA_FFI_Extension_Metadata) return 0;
  XLA_FFI_Metadata *metadata = e->metadata;
  metadata->api_version.major_version = XLA_FFI_API_MAJOR;
  metadata->api_version.minor_version = XLA_FFI_API_MINOR;
  return 1;
}

static int64_t batch_of(const XLA_FFI_Buffer *buffer) { return buffer->dims[buffer->rank - 1]; }

/* The buffers of a call whose argument `like` ends with the batch. */
static Call call_of(XLA_FFI_CallFrame *frame, int like) {
  Call call = {.arguments = frame->args.size};
  for (int64_t n = 0; n < frame->args.size; n++) {
    XLA_FFI_Buffer *buffer = frame->args.args[n];
    call.in[n] = buffer->data;
    call.in_rows[n] = buffer->dims[0];
  }
  for (int64_t n = 0; n < frame->rets.size; n++)
    call.out[n] = ((XLA_FFI_Buffer *)frame->rets.rets[n])->data;
  call.batch = batch_of(frame->args.args[like]);
  return call;
}

/* Of a buffer all of whose dimensions but the batch and the first `skip` are rows. */
static Array array_of(const XLA_FFI_Buffer *buffer, int64_t skip, int64_t batch) {
  int64_t size = 1;
  for (int64_t i = skip; i < buffer->rank; i++) size *= buffer->dims[i];
  int empty = skip && !buffer->dims[0];
  Array array = {.at = size && !empty ? buffer->data : 0, .rows = batch ? size / batch : 0};
  for (int64_t i = 0; i < 2 && i < buffer->rank; i++) array.dims[i] = buffer->dims[i];
  return array;
}

static Problem problem_of(XLA_FFI_CallFrame *frame, int64_t batch) {
  Problem p = {.batch = batch};
  XLA_FFI_Buffer **args = (XLA_FFI_Buffer **)frame->args.args;
  XLA_FFI_Buffer **rets = (XLA_FFI_Buffer **)frame->rets.rets;
  int moves = frame->args.size > ARGUMENTS;
  for (int n = 0; n < ARGUMENTS; n++) p.in[n] = array_of(args[n], 0, batch);
  for (int n = 0; n < RESULTS; n++) p.out[n] = array_of(rets[n], 0, batch);
  for (int n = 0; n < MOVING && moves; n++) {
    p.moved[n] = array_of(args[ARGUMENTS + n], 1, batch);
    if (args[ARGUMENTS + n]->dims[0]) p.directions = args[ARGUMENTS + n]->dims[0];
  }
  for (int n = 0; n < RESULTS && moves; n++) p.moved_out[n] = array_of(rets[RESULTS + n], 1, batch);
  const double *numbers = p.in[IN_NUMBERS].at;
  p.rtol = numbers[RTOL];
  p.atol = numbers[ATOL];
  p.max_steps = numbers[MAX_STEPS];
  p.has_begins = numbers[HAS_BEGINS] != 0;
  p.records = numbers[RECORDS] != 0;
  p.slots = p.out[OUT_T].dims[0];
  return p;
}

static void solve_blocks(Queue *queue) {
  const Model *model = queue->model;
  int64_t directions = queue->directions;
  Block *block = room_for(sizeof(Block));
  Tangent *of = room_for(directions * sizeof(Tangent));
  v **columns = room_for(NODES * directions * sizeof(v *));
  block->tangents = (Tangents){.count = directions, .of = of, .columns = columns};
  Memory memory = {0};
  v *w = 0, *moved = 0;
  for (int counted = 0; counted < 2; counted++) {
    if (counted) memory = memory_of(memory.used);
    block_in(&memory, model, queue->problem, block);
    w = rows(&memory, model->initial.size);
    moved = rows(&memory, model->initial.moved_size);
  }
  for (int64_t first; (first = taken(queue)) >= 0;) {
    block->place = place_of(queue->call, first);
    solve_block(block, w, moved);
  }
  give_back(memory.start);
  give_back(columns);
  give_back(of);
  give_back(block);
}

/* See problem.h for its arguments and results. */
static void *core_solve(const Model *model, void *given) {
  XLA_FFI_CallFrame *frame = given;
  if (answered_metadata(frame)) return 0;
  Call call = call_of(frame, IN_INPUTS);
  Problem problem = problem_of(frame, call.batch);
  Queue queue = {solve_blocks, model, &call, &problem, problem.directions, 0};
  work_through(&queue);
  return 0;
}

static m active_members(const uint8_t *active, Place place) {
  m mask = none();
  for (int l = 0; l < WIDTH; l++) LANE(mask, l) = l < place.count && active[place.first + l] ? -1 : 0;
  return mask;
}

static void make_blocks_consistent(Queue *queue) {
  const Model *model = queue->model;
  const Call *call = queue->call;
  Tangent of = {0};
  Tangents d = {.count = 1, .of = &of};
  Memory memory = {0};
  Step s;
  v *y = 0, *velocity = 0, *before = 0;
  for (int counted = 0; counted < 2; counted++) {
    if (counted) memory = memory_of(memory.used);
    s = step_in(&memory, model);
    tangents_in(&memory, model, &d);
    y = rows(&memory, model->states);
    velocity = rows(&memory, model->states);
    before = rows(&memory, model->states);
  }
  for (int64_t first; (first = taken(queue)) >= 0;) {
    Place place = place_of(call, first);
    load(y, call->in[0], model->states, place);
    load(s.u, call->in[1], model->inputs, place);
    v outcome = make_consistent(&s, s.t, y, velocity, active_members(call->in[2], place));
    store(call->out[0], y, model->states, place);
    store(call->out[1], velocity, model->states, place);
    store(call->out[2], &outcome, 1, place);
    if (!queue->directions) continue;
    for (int i = 0; i < model->states; i++) before[i] = y[i] - s.stages.y[i];
    if (model->has_algebraic) model->rhs.once(s.t, before, s.u, d.w);
    for (int64_t n = 0; n < queue->directions; n++) {
      load_moved(of.dy, call, 3, n, model->states, place);
      load_moved(of.du, call, 4, n, model->inputs, place);
      if (model->has_algebraic) {
        move_correction(&s, &d, s.t, before, of.dy, of.du, d.state);
        for (int i = 0; i < model->states; i++) of.dy[i] += d.state[i];
      }
      store((double *)call->out[3] + n * model->states * call->batch, of.dy, model->states, place);
    }
  }
  give_back(memory.start);
}

/* Arguments y, u, active, then dy, du; results y with its algebraic states solved for, dy/dt, an
 * OUTCOME, then the derivatives of y. */
static void *core_consistent(const Model *model, void *given) {
  XLA_FFI_CallFrame *frame = given;
  if (answered_metadata(frame)) return 0;
  Call call = call_of(frame, 0);
  Queue queue = {make_blocks_consistent, model, &call, 0, directions_of(&call, 3), 0};
  work_through(&queue);
  return 0;
}

static void observe_blocks(Queue *queue) {
  const Model *model = queue->model;
  const Call *call = queue->call;
  const Part *part = &model->observe;
  int values = model->outputs.count + model->events.count + model->terminals.count + model->watched.count;
  Memory memory = memory_of(2 * (model->observed + model->inputs) + part->size + part->moved_size);
  v *y = rows(&memory, model->observed), *u = rows(&memory, model->inputs);
  v *dy = rows(&memory, model->observed), *du = rows(&memory, model->inputs);
  v *w = rows(&memory, part->size), *moved = rows(&memory, part->moved_size);
  const v *t = u + model->inputs - 1;
  for (int64_t first; (first = taken(queue)) >= 0;) {
    Place place = place_of(call, first);
    load(y, call->in[0], model->observed, place);
    load(u, call->in[1], model->inputs, place);
    part->value(t, y, u, w);
    store(call->out[0], w + part->at, values, place);
    if (queue->directions) part->once(t, y, u, moved);
    for (int64_t n = 0; n < queue->directions; n++) {
      load_moved(dy, call, 2, n, model->observed, place);
      load_moved(du, call, 3, n, model->inputs, place);
      part->moved(t, y, u, dy, du, moved);
      store((double *)call->out[1] + n * values * call->batch, moved + part->moved_at, values, place);
    }
  }
  give_back(memory.start);
}

/* Arguments the observed part of the state, u, then their derivatives; results all values of the
 * observer, then their derivatives. */
static void *core_observe(const Model *model, void *given) {
  XLA_FFI_CallFrame *frame = given;
  if (answered_metadata(frame)) return 0;
  Call call = call_of(frame, 1);
  Queue queue = {observe_blocks, model, &call, 0, directions_of(&call, 2), 0};
  work_through(&queue);
  return 0;
}

static void last_pivots(Queue *queue) {
  Memory memory = {0};
  Spectrum s;
  for (int counted = 0; counted < 2; counted++) {
    if (counted) memory = memory_of(memory.used);
    s = spectrum_in(&memory, queue->model, queue->directions);
  }
  for (int64_t first; (first = taken(queue)) >= 0;)
    last_pivot_block(queue->model, queue->call, queue->directions, place_of(queue->call, first), &s);
  give_back(memory.start);
}

/* See last_pivot_block for its arguments and results. */
static void *core_last_pivot(const Model *model, void *given) {
  XLA_FFI_CallFrame *frame = given;
  if (answered_metadata(frame)) return 0;
  Call call = call_of(frame, 0);
  Queue queue = {last_pivots, model, &call, 0, directions_of(&call, 3), 0};
  work_through(&queue);
  return 0;
}

const Core *ssb_core(void) {
  static const Core core = {core_solve, core_consistent, core_observe, core_last_pivot};
  return &core;
}
