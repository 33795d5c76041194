/* ---- the functions that XLA calls ---- */

static XLA_FFI_Error *failed(XLA_FFI_CallFrame *frame, const char *why) {
  XLA_FFI_Error_Create_Args args = {XLA_FFI_Error_Create_Args_STRUCT_SIZE};
  args.message = why;
  args.errc = XLA_FFI_Error_Code_INTERNAL;
  return frame->api->XLA_FFI_Error_Create(&args);
}

/* Derivatives begin with the argument `moved`; argument `like` ends with the batch. */
static XLA_FFI_Error *run(XLA_FFI_CallFrame *frame, Program program, Count count, int like, int moved) {
  if (answered_metadata(frame)) return 0;
  Job job = {};
  const char *why = model_here(&job.model);
  if (why) return failed(frame, why);
  job.call = call_of(frame, like);
  job.directions = directions_of(&job.call, moved);
  if (program == solve_program) {
    job.problem = problem_of(frame, job.call.batch);
    job.directions = job.problem.directions;
  }
  count(&job);
  why = launch(frame, program, &job);
  return why ? failed(frame, why) : 0;
}

extern "C" {
void *ssb_solve(XLA_FFI_CallFrame *frame) {
  return run(frame, solve_program, solve_program_count, IN_INPUTS, 0);
}
void *ssb_consistent(XLA_FFI_CallFrame *frame) {
  return run(frame, consistent_program, consistent_program_count, 0, 3);
}
void *ssb_observe(XLA_FFI_CallFrame *frame) {
  return run(frame, observe_program, observe_program_count, 1, 2);
}
void *ssb_last_pivot(XLA_FFI_CallFrame *frame) {
  return run(frame, last_pivot_program, last_pivot_program_count, 0, 3);
}
}
}
