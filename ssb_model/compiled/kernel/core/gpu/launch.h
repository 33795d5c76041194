/* ---- programs, and where they run ---- */
#ifdef __CUDACC__
#undef static
#endif

/* A call: what is to be done, and the workspaces of `warps` warps, rows first. */
typedef struct {
  Model model;
  Call call;
  Problem problem;
  int64_t directions, rows, bytes;
  char *room;
  unsigned long long *next;
} Job;

EITHER int64_t tile_bytes(const Job *job) { return TILE * (job->rows * (int64_t)sizeof(double) + job->bytes); }

EITHER Queue queue_of(const Job *job, int64_t lane) {
  return (Queue){&job->model, &job->call, &job->problem, job->directions, lane, job->next};
}

EITHER Memory memory_of(const Job *job, int64_t warp, int64_t lane) {
  char *tile = job->room + warp * tile_bytes(job);
  char *plain = tile + job->rows * (int64_t)sizeof(v) + lane * job->bytes;
  return (Memory){(v *)((double *)tile + lane), plain, 0, 0};
}

#ifdef __CUDACC__
#define PROGRAM(name, work, room) \
  __global__ void __launch_bounds__(TILE) name(const __grid_constant__ Job job) { \
    Queue queue = queue_of(&job, threadIdx.x); \
    Memory memory = memory_of(&job, blockIdx.x, threadIdx.x); \
    work(&queue, &memory); \
  } \
  COUNT(name, room)
#else
#define PROGRAM(name, work, room) \
  static void name(Job job) { \
    for (int thread = 0; thread < EMULATED * TILE; thread++) { \
      int warp = thread / TILE, lane = thread % TILE; \
      unsigned long long next = warp * TILE; \
      Queue queue = queue_of(&job, lane); \
      Memory memory = memory_of(&job, warp, lane); \
      queue.next = &next; \
      work(&queue, &memory); \
    } \
  } \
  COUNT(name, room)
#endif

/* How much room a member needs. */
#define COUNT(name, room) \
  static void name##_count(Job *job) { \
    Memory memory = {0}; \
    Queue queue = queue_of(job, 0); \
    room(&memory, &queue); \
    job->rows = memory.used; \
    job->bytes = memory.bytes; \
  }

PROGRAM(solve_program, solve_blocks, solving_in)
PROGRAM(consistent_program, make_blocks_consistent, correction_in)
PROGRAM(observe_program, observe_blocks, view_in)
PROGRAM(last_pivot_program, last_pivots, pivots_in)
