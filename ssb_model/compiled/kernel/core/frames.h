/* ---- what XLA calls with ---- */
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
    XLA_FFI_Buffer *buffer = (XLA_FFI_Buffer *)frame->args.args[n];
    call.in[n] = buffer->data;
    call.in_rows[n] = buffer->dims[0];
  }
  for (int64_t n = 0; n < frame->rets.size; n++)
    call.out[n] = ((XLA_FFI_Buffer *)frame->rets.rets[n])->data;
  call.batch = batch_of((XLA_FFI_Buffer *)frame->args.args[like]);
  return call;
}

/* How many directions there are, of two arguments from `first` on. */
static int64_t directions_of(const Call *call, int first) {
  if (call->arguments <= first) return 0;
  return call->in_rows[first] > call->in_rows[first + 1] ? call->in_rows[first] : call->in_rows[first + 1];
}

/* Of a buffer all of whose dimensions but the batch and the first `skip` are rows. */
static Array array_of(const XLA_FFI_Buffer *buffer, int64_t skip, int64_t batch) {
  int64_t size = 1;
  for (int64_t i = skip; i < buffer->rank; i++) size *= buffer->dims[i];
  int empty = skip && !buffer->dims[0];
  Array array = {.at = size && !empty ? (double *)buffer->data : 0, .rows = batch ? size / batch : 0};
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
  p.slots = p.out[OUT_T].dims[0];
  return p;
}
