/* ---- a batch in tiles, which warps take from a queue ---- */

#define EMULATED 2 /* warps whose place a CPU takes, each with every second tile */

/* What there is to do, and how much of it has been taken. */
typedef struct {
  const Model *model;
  const Call *call;
  const Problem *problem;
  int64_t directions, lane;
  unsigned long long *next;
} Queue;

/* The member of a lane in a tile that no warp has taken, or -1. Lanes beyond the last member repeat
 * it. */
static int64_t taken(Queue *queue) {
  unsigned long long first = 0;
#ifdef __CUDACC__
  __syncwarp();
  if (!queue->lane) first = atomicAdd(queue->next, (unsigned long long)TILE);
  first = __shfl_sync(0xffffffff, first, 0);
#else
  first = *queue->next;
  *queue->next += TILE * EMULATED;
#endif
  int64_t member = (int64_t)first + queue->lane, last = queue->call->batch - 1;
  if ((int64_t)first > last) return -1;
  return member < last ? member : last;
}
