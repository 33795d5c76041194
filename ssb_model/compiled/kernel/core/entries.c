/* ---- the functions that are called from outside: by XLA, or at once ---- */

/* A workspace of as many rows and bytes as have been counted. */
static Memory memory_of(Memory counted) {
  int64_t rows = (int64_t)sizeof(v) * counted.used;
  char *from = aligned_room(ALIGNED, counted.bytes + (rows + ALIGNED) / ALIGNED * ALIGNED);
  return (Memory){.start = (v *)(from + counted.bytes), .plain = from};
}

#define WORKER(name, work, room) \
  static void name(Queue *queue) { \
    Memory memory = {0}; \
    room(&memory, queue); \
    memory = memory_of(memory); \
    work(queue, &memory); \
    give_back(memory.plain); \
  }
WORKER(solves, solve_blocks, solving_in)
WORKER(corrections, make_blocks_consistent, correction_in)
WORKER(observations, observe_blocks, view_in)
WORKER(pivots, last_pivots, pivots_in)

/* Solve a problem, without XLA. */
static void core_run(const Model *model, const void *given) {
  const Problem *problem = given;
  Call call = {.batch = problem->batch};
  Queue queue = {solves, model, &call, problem, problem->directions, 0};
  work_through(&queue);
}

static void *core_solve(const Model *model, void *given) {
  XLA_FFI_CallFrame *frame = given;
  if (answered_metadata(frame)) return 0;
  Problem problem = problem_of(frame, batch_of((XLA_FFI_Buffer *)frame->args.args[IN_INPUTS]));
  core_run(model, &problem);
  return 0;
}

/* Derivatives begin with the argument `moved`; argument `like` ends with the batch. */
static void *core_work(const Model *model, void *frame, void (*work)(Queue *), int like, int moved) {
  if (answered_metadata(frame)) return 0;
  Call call = call_of(frame, like);
  Queue queue = {work, model, &call, 0, directions_of(&call, moved), 0};
  work_through(&queue);
  return 0;
}

static void *core_consistent(const Model *model, void *frame) {
  return core_work(model, frame, corrections, 0, 3);
}

static void *core_observe(const Model *model, void *frame) {
  return core_work(model, frame, observations, 1, 2);
}

/* Observe, without XLA; what starting a thread takes is more than this does. */
static void core_look(const Model *model, const void *call) {
  Queue queue = {observations, model, call, 0, directions_of(call, 2), 0};
  observations(&queue);
}

static void *core_last_pivot(const Model *model, void *frame) {
  return core_work(model, frame, pivots, 0, 3);
}

const Core *ssb_core(void) {
  static const Core core = {core_solve, core_consistent, core_observe,
                            core_last_pivot, core_run, core_look};
  return &core;
}
