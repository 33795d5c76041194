/* ---- threads, processors and memory, as the operating system has them ---- */
#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <malloc.h>
#include <windows.h>

typedef HANDLE Thread;
typedef DWORD Ended;
#define IN_THREAD WINAPI

static int start(Thread *thread, Ended (IN_THREAD *work)(void *), void *with) {
  *thread = CreateThread(0, 0, work, with, 0, 0);
  return *thread != 0;
}

static void wait_for(Thread thread) {
  WaitForSingleObject(thread, INFINITE);
  CloseHandle(thread);
}

/* Processors that this process may use; where it has several groups of them, those of one. */
static int64_t processors(void) {
  DWORD_PTR ours, all;
  SYSTEM_INFO system;
  if (GetProcessAffinityMask(GetCurrentProcess(), &ours, &all) && ours)
    return __builtin_popcountll(ours);
  GetSystemInfo(&system);
  return system.dwNumberOfProcessors;
}

static void *aligned_room(size_t to, size_t bytes) { return _aligned_malloc(bytes, to); }
static void give_back(void *room) { _aligned_free(room); }
#else
#include <pthread.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif

typedef pthread_t Thread;
typedef void *Ended;
#define IN_THREAD

static int start(Thread *thread, Ended (*work)(void *), void *with) {
  return !pthread_create(thread, 0, work, with);
}

static void wait_for(Thread thread) { pthread_join(thread, 0); }

/* Processors that this process may use. */
static int64_t processors(void) {
#ifdef __linux__
  cpu_set_t set;
  if (!sched_getaffinity(0, sizeof(set), &set)) return CPU_COUNT(&set);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? count : 1;
}

/* `bytes` is a multiple of `to`. */
static void *aligned_room(size_t to, size_t bytes) { return aligned_alloc(to, bytes); }
static void give_back(void *room) { free(room); }
#endif
