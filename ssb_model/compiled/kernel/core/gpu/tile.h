/* For GPUs, in place of lanes.h: a thread a member, 32 members, which a GPU runs in step, a tile.
 *
 * In a workspace the members' values of a row lie side by side. `v` is as large as such a row, but
 * only its first number is its own: with p a thread's place in the first row, p[i] is its place in row
 * i, and what 32 threads read together is one piece of memory. A copy is of that one number, so that
 * local values are numbers in registers.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <mutex>
#include "xla/ffi/api/c_api.h"

#define WIDTH 1
#define TILE 32
#define restrict __restrict__

#ifdef __CUDACC__
#include <cuda_runtime.h>
#define EITHER __host__ __device__
#define UNROLL _Pragma("unroll 8")
#define TABLE static const
#else /* the same text on a CPU, lane after lane: see emulate.h */
#define EITHER
#define UNROLL _Pragma("GCC unroll 8")
#define TABLE static __attribute__((used)) /* as in lanes.h */
#endif

#ifndef READS /* else somebody counts them: benchmarks/device_report.py */
#define READS(place)
#define WRITES(place)
#endif

namespace ssb { /* CUDA has functions of our names */

struct v {
  double x, others[TILE - 1];
  v() = default;
  EITHER v(double x) : x(x) {}
  EITHER v(const v &other) { READS(&other) x = other.x; }
  EITHER v &operator=(const v &other) { READS(&other) WRITES(this) x = other.x; return *this; }
  EITHER v &operator+=(double other) { READS(this) WRITES(this) x += other; return *this; }
  EITHER v &operator-=(double other) { READS(this) WRITES(this) x -= other; return *this; }
  EITHER v &operator*=(double other) { READS(this) WRITES(this) x *= other; return *this; }
  EITHER operator double() const { READS(this) return x; }
};
typedef int64_t m;

/* From here on, up to launch.h, functions and tables are the GPU's. */
#ifdef __CUDACC__
#define static static __device__
#define BOTH static __host__
#else
#define BOTH static
#endif

#if defined(__CUDACC__) || defined(__FMA__) || defined(__ARM_FEATURE_FMA)
#define FUSED
#endif
#define SWAPS 0 /* threads whose arrays have changed places would read apart from those beside them */
#define INLINE static inline __attribute__((always_inline))
#define LANE(x, l) (x)
static inline v v_of(double x) { return x; }
static inline double v_choose(m mask, double a, double b) { return mask ? a : b; }
static inline m m_not(m mask) { return !mask; }
static inline double of_bits(m bits) { double x; memcpy(&x, &bits, sizeof(x)); return x; }
static inline m bits_of(double x) { m bits; memcpy(&bits, &x, sizeof(x)); return bits; }
static inline v v_load(const double *from) { return *from; }
static inline void v_store(double *to, const v *from, int) { *to = *from; }
static inline void copy(v *to, const v *from, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = from[i];
}
