/* ---- a GPU's place taken by a CPU, which goes through the lanes one after the other ---- */

typedef void (*Program)(Job job);
typedef void (*Count)(Job *job);

extern "C" const char *ssb_link(const int32_t *whole, int64_t, const double *real, int64_t) {
  take_tables(&model, whole, real);
  return 0;
}

/* Bytes that a member's solve needs, with so many directions. */
extern "C" int64_t ssb_room(int64_t directions) {
  Job job = {};
  job.model = model;
  job.directions = directions;
  solve_program_count(&job);
  return job.rows * (int64_t)sizeof(double) + job.bytes;
}

static const char *model_here(Model *result) {
  *result = model;
  return 0;
}

static const char *launch(XLA_FFI_CallFrame *, Program program, Job *job) {
  if (!job->call.batch) return 0;
  job->room = (char *)aligned_alloc(256, (EMULATED * tile_bytes(job) + 256) / 256 * 256);
  program(*job);
  free(job->room);
  return 0;
}
