/* ---- a GPU: its copy of a model's numbers, its memory, and the start of a program ---- */

#define MOST_DEVICES 64
#define ROW 256 /* bytes: a row of a tile, where one should begin */

typedef void (*Program)(Job job);
typedef void (*Count)(Job *job);

static const int32_t *whole_numbers;
static const double *real_numbers;
static int64_t whole_count, real_count;

static const char *problem_with(cudaError_t error) {
  return error == cudaSuccess ? 0 : cudaGetErrorString(error);
}

/* The model with its numbers on the GPU that this thread works with: copied once. */
static const char *model_here(Model *result) {
  static std::mutex one_at_a_time;
  static Model known[MOST_DEVICES];
  static bool has[MOST_DEVICES];
  std::lock_guard<std::mutex> lock(one_at_a_time);
  int device = 0;
  cudaError_t error = cudaGetDevice(&device);
  if (error == cudaSuccess && device >= MOST_DEVICES) error = cudaErrorInvalidDevice;
  if (error == cudaSuccess && !has[device]) {
    size_t bytes = real_count * sizeof(double), more = whole_count * sizeof(int32_t);
    char *to = 0;
    error = cudaMalloc((void **)&to, bytes + more);
    if (error == cudaSuccess) error = cudaMemcpy(to, real_numbers, bytes, cudaMemcpyHostToDevice);
    if (error == cudaSuccess) error = cudaMemcpy(to + bytes, whole_numbers, more, cudaMemcpyHostToDevice);
    known[device] = model;
    take_tables(known + device, (const int32_t *)(to + bytes), (const double *)to);
    has[device] = error == cudaSuccess;
  }
  if (error == cudaSuccess) *result = known[device];
  return problem_with(error);
}

/* Says why it does not work. */
extern "C" const char *ssb_link(const int32_t *whole, int64_t wholes, const double *real, int64_t reals) {
  whole_numbers = whole;
  whole_count = wholes;
  real_numbers = real;
  real_count = reals;
  Model tried;
  return model_here(&tried);
}

/* As many warps as can be at work at once, or have a tile. */
static cudaError_t count_warps(Program program, const Job *job, int64_t *warps) {
  int device = 0, processors = 0, resident = 0;
  cudaError_t error = cudaGetDevice(&device);
  if (error == cudaSuccess)
    error = cudaDeviceGetAttribute(&processors, cudaDevAttrMultiProcessorCount, device);
  if (error == cudaSuccess)
    error = cudaOccupancyMaxActiveBlocksPerMultiprocessor(&resident, program, TILE, 0);
  int64_t tiles = (job->call.batch + TILE - 1) / TILE, most = (int64_t)processors * resident;
  *warps = tiles < most ? tiles : most;
  return error;
}

/* Start a program on XLA's stream, with workspaces that XLA lends: with fewer warps where there is no
 * room for more. XLA reuses the room for what comes later on the same stream alone. */
static const char *launch(XLA_FFI_CallFrame *frame, Program program, Job *job) {
  if (!job->call.batch) return 0;
  int64_t warps = 0;
  const char *why = problem_with(count_warps(program, job, &warps));
  if (why) return why;
  XLA_FFI_Stream_Get_Args stream = {XLA_FFI_Stream_Get_Args_STRUCT_SIZE, 0, frame->ctx};
  XLA_FFI_Error *refused = frame->api->XLA_FFI_Stream_Get(&stream);
  XLA_FFI_DeviceMemory_Allocate_Args room = {XLA_FFI_DeviceMemory_Allocate_Args_STRUCT_SIZE, 0, frame->ctx};
  room.alignment = 16; /* the most that XLA allows to be asked for */
  for (; !refused && !room.data && warps > 0; warps /= 2) {
    room.size = 2 * ROW + warps * tile_bytes(job); /* the first row is the queue's */
    XLA_FFI_Error *full = frame->api->XLA_FFI_DeviceMemory_Allocate(&room);
    if (!full) break;
    XLA_FFI_Error_Destroy_Args gone = {XLA_FFI_Error_Destroy_Args_STRUCT_SIZE, 0, full};
    frame->api->XLA_FFI_Error_Destroy(&gone);
    room.data = 0;
  }
  if (refused) return "XLA has no stream for the solve";
  if (!room.data) return "the GPU has no room for a single tile of 32 members";
  char *first = (char *)(((uintptr_t)room.data + ROW - 1) / ROW * ROW);
  job->next = (unsigned long long *)first;
  job->room = first + ROW;
  cudaStream_t on = (cudaStream_t)stream.stream;
  cudaError_t error = cudaMemsetAsync(first, 0, ROW, on);
  if (error == cudaSuccess) program<<<(unsigned)warps, TILE, 0, on>>>(*job);
  if (error == cudaSuccess) error = cudaGetLastError();
  XLA_FFI_DeviceMemory_Free_Args back = {XLA_FFI_DeviceMemory_Free_Args_STRUCT_SIZE, 0, frame->ctx};
  back.size = room.size;
  back.data = room.data;
  frame->api->XLA_FFI_DeviceMemory_Free(&back);
  return problem_with(error);
}
