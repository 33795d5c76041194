/* ---- a batch in blocks, which threads take from a queue ---- */
#include <stdatomic.h>

/* What is to be done: `work` takes blocks, each by its first member, until there are none. */
typedef struct Queue {
  void (*work)(struct Queue *queue);
  const Model *model;
  const Call *call;
  const Problem *problem;
  int64_t directions;
  atomic_llong next;
} Queue;

/* The first member of a block that nobody has taken, or -1. */
static int64_t taken(Queue *queue) {
  int64_t first = atomic_fetch_add(&queue->next, WIDTH);
  return first < queue->call->batch ? first : -1;
}

static atomic_int busy; /* threads of this library that are at work, in all calls */

static Ended IN_THREAD work_on(void *queue) {
  ((Queue *)queue)->work(queue);
  return 0;
}

#define MOST_THREADS 256

/* Work on all blocks: this thread, and as many more as there are blocks and idle processors for. */
static void work_through(Queue *queue) {
  Thread thread[MOST_THREADS];
  int64_t blocks = (queue->call->batch + WIDTH - 1) / WIDTH, started = 0;
  int64_t idle = blocks > 1 ? processors() - atomic_fetch_add(&busy, 1) : 1;
  int64_t count = blocks < idle ? blocks : idle;
  if (count > MOST_THREADS) count = MOST_THREADS;
  while (started < count - 1 && start(thread + started, work_on, queue)) started++;
  atomic_fetch_add(&busy, (int)started);
  queue->work(queue);
  for (int64_t n = 0; n < started; n++) wait_for(thread[n]);
  atomic_fetch_sub(&busy, (int)started + (blocks > 1));
}
